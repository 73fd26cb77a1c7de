"""Photos from a phone made viewable: upright, as JPEG, in two sizes; the original stays untouched.

What is made lies beside the original and goes with it. It carries nothing of what a camera writes
into a file, such as the place. One picture at a time is decoded in a process, and none that would
need more memory than a photo does.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from pi_heif import register_heif_opener
from PIL import Image, ImageOps, UnidentifiedImageError

from motcua.core.files.store import path_of
from motcua.kernel.errors import Refused

PICTURES = frozenset({"image/jpeg", "image/png", "image/heic"})
"""Media types of which something can be shown."""

MAX_PIXELS = 50_000_000
MAX_JPEG_PIXELS = 250_000_000  # decoded at an eighth of its size where it is so large
_QUALITY = 85
_ONE_AT_A_TIME = threading.Lock()

register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # the limits above are asked before a pixel is decoded


class Size(Enum):
    """How large a picture is made: its longest side in pixels, and the end of its name."""

    VIEW = (2000, "view")
    THUMB = (240, "thumb")


class PictureBroken(Refused):
    """The bytes begin as a picture and are none that can be opened."""

    code = "files.picture_broken"
    vi = "Không mở được ảnh này: tệp bị hỏng hoặc tải lên chưa đủ. Hãy chụp hoặc chọn lại."
    en = "This picture cannot be opened: it is damaged or incomplete. Take or choose it again."


class PictureTooLarge(Refused):
    """More pixels than any photo of a paper needs."""

    code = "files.picture_too_large"
    vi = "Ảnh có quá nhiều điểm ảnh (tối đa {limit} triệu). Hãy chụp với độ phân giải thấp hơn."
    en = "The picture has too many pixels (at most {limit} million). Use a lower resolution."
    status = 413


def made_of(sha256: str) -> tuple[Path, ...]:
    """Give where the pictures made of a file lie, whether they were made or not."""
    original = path_of(sha256)
    return tuple(original.with_name(f"{sha256}.{size.value[1]}.jpg") for size in Size)


def shown(sha256: str, media_type: str, size: Size) -> Path | None:
    """Give the picture of a file in a size, making it where it is missing; None of other files.

    Raises `PictureBroken` and `PictureTooLarge`.
    """
    if media_type not in PICTURES:
        return None
    original = path_of(sha256)
    target = original.with_name(f"{sha256}.{size.value[1]}.jpg")
    if not target.exists():
        _make(original, target, size.value[0])
    return target


def _make(original: Path, target: Path, side: int) -> None:
    draft = target.with_name(f".{secrets.token_hex(8)}.{target.name}")
    with _ONE_AT_A_TIME, _told_broken():
        try:
            with Image.open(original, formats=("JPEG", "PNG", "HEIF")) as image:
                _bounded(image)
                image.draft("RGB", (side, side))  # a JPEG is decoded no larger than needed
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((side, side))
                _on_white(upright).save(draft, "JPEG", quality=_QUALITY, optimize=True)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def _bounded(image: Image.Image) -> None:
    limit = MAX_JPEG_PIXELS if image.format == "JPEG" else MAX_PIXELS
    if image.width * image.height > limit:
        raise PictureTooLarge(limit=limit // 1_000_000)


def _on_white(image: Image.Image) -> Image.Image:
    """Give a picture without what a JPEG cannot hold: transparent places become paper."""
    if image.mode in {"RGB", "L"}:
        return Image.frombytes(image.mode, image.size, image.tobytes())
    clear = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


@contextmanager
def _told_broken() -> Iterator[None]:
    """Tell whatever a decoder makes of damaged bytes as one refusal."""
    try:
        yield
    except (UnidentifiedImageError, Image.DecompressionBombError) as broken:
        raise PictureBroken from broken
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, RuntimeError) as broken:
        if isinstance(broken, FileNotFoundError) or getattr(broken, "errno", None):
            raise  # the disk, not the picture
        raise PictureBroken from broken
