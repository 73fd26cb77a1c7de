"""Photos are made viewable, upright and small; the original keeps every byte."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from motcua.core.files import pictures
from motcua.core.files.pictures import PictureBroken, PictureTooLarge, Size, made_of, shown
from motcua.core.files.store import keep, path_of

HEIC = (Path(__file__).parent / "pictures" / "paper.heic").read_bytes()
ORIENTATION, MAKE = 0x0112, 0x010F


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path


def photo(kind="JPEG", size=(400, 300), mode="RGB", **more) -> bytes:
    image = Image.new(mode, size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def made(content: bytes, size: Size = Size.VIEW) -> Image.Image:
    kept = keep([content])
    path = shown(kept.sha256, kept.media_type, size)
    assert path is not None
    with Image.open(path) as image:
        found = image.copy()
        found.format = image.format
    return found


@pytest.mark.parametrize("content", [photo(), photo("PNG"), photo("PNG", mode="RGBA"), HEIC])
@pytest.mark.parametrize("size", Size)
def test_every_kind_becomes_a_jpeg_no_larger_than_asked(content, size):
    image = made(content, size)
    assert image.format == "JPEG"
    assert max(image.size) <= size.value[0]
    red, _green, blue = image.convert("RGB").getpixel((5, 5))
    assert red > 150 > blue


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turned by a quarter when shown
    image = made(photo(exif=exif))
    assert image.size == (300, 400)
    red, green, _blue = image.getpixel((290, 10))
    assert red > 200 > green


def test_nothing_that_the_camera_wrote_is_carried_on():
    exif = Image.Exif()
    exif[MAKE] = "zqcamera"
    content = photo(exif=exif)
    assert b"zqcamera" in content
    kept = keep([content])
    assert b"zqcamera" not in shown(kept.sha256, kept.media_type, Size.VIEW).read_bytes()


@pytest.mark.parametrize("content", [photo(), HEIC])
def test_the_original_keeps_every_byte(content):
    kept = keep([content])
    for size in Size:
        shown(kept.sha256, kept.media_type, size)
    assert path_of(kept.sha256).read_bytes() == content
    assert hashlib.sha256(content).hexdigest() == kept.sha256


def test_a_document_has_no_picture():
    kept = keep([b"%PDF-1.4"])
    assert shown(kept.sha256, kept.media_type, Size.VIEW) is None


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff",
        photo()[:-400],
        photo("PNG")[:60],
        HEIC[:300],
        b"\x00\x00\x00\x1cftypheic" + bytes(500),
        photo()[:20] + bytes(3000),
    ],
)
def test_a_damaged_picture_is_told_as_such(content):
    with pytest.raises(PictureBroken):
        made(content)
    assert not any(path.exists() for path in made_of(keep([content]).sha256))


def bomb(width: int, height: int) -> bytes:
    """A PNG of some bytes that says it has so many pixels."""

    def chunk(kind, data):
        whole = kind + data
        return struct.pack("!I", len(data)) + whole + struct.pack("!I", zlib.crc32(whole))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_picture_that_would_fill_the_memory_is_not_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(PictureTooLarge):
        made(bomb(60_000, 60_000))


def test_a_large_photo_of_a_phone_is_taken(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1000)  # JPEG has a limit of its own
    assert made(photo(size=(4000, 3000)), Size.THUMB).size == (240, 180)


def test_a_full_disk_is_not_a_damaged_picture(monkeypatch):
    content = photo()

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(OSError, match="No space"):
        made(content)
