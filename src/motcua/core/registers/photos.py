"""Photos that come with a file of records: which rows name them, and what becomes of each.

Which registers keep a photo beside a record a system says by `PHOTOS` in its `forms.py`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from motcua.core.files.store import Stored, path_of, record
from motcua.core.procedures.told import one_told
from motcua.core.registers.packed import Photo, photo_key
from motcua.core.registers.planning import WRONG, Planned
from motcua.core.registers.sheets import Row
from motcua.core.sql import Tx
from motcua.kernel.errors import Refused

PHOTO = "photo"
"""What becomes of a row whose record says the same, and gets its photo."""


class PhotosNotTaken(Refused):
    """The register keeps no photos."""

    code = "registers.photos_not_taken"
    vi = "Sổ này không nhận ảnh kèm; hãy tải lên riêng bảng."
    en = "This register takes no photos; upload the table alone."


class PhotoMissing(Refused):
    """A row names a photo that did not come with the table."""

    code = "registers.photo_missing"
    vi = "Không có ảnh “{name}” trong tệp."
    en = "There is no photo “{name}” in the file."


class PhotoUnnamed(Refused):
    """A photo came that no row names: a name is wrong somewhere."""

    code = "registers.photo_unnamed"
    vi = "Ảnh “{name}” không được dòng nào nhắc đến."
    en = "No row names the photo “{name}”."


class PhotoOther(Refused):
    """The record has another photo, and a file of rows replaces none."""

    code = "registers.photo_other"
    vi = "Bản ghi đã có ảnh khác; nhập từ tệp không thay ảnh đã có."
    en = "The record has another photo; a file replaces none that is there."


class PhotoRefused(Refused):
    """The photo was refused when its table was looked at."""

    code = "registers.photo_refused"
    vi = "Ảnh “{name}” không được nhận; hãy xem trước lại tệp."
    en = "The photo “{name}” was refused; look at the file anew."


class PhotoGone(Refused):
    """The photo lay too long and was swept away."""

    code = "registers.photo_gone"
    vi = "Ảnh “{name}” không còn; hãy tải tệp lên lại."
    en = "The photo “{name}” is no longer here; upload the file again."


class Keeper(Protocol):
    """Where a system keeps the photos of a register; `part` is the field that names one."""

    part: str

    def kept(self, records: Sequence[int]) -> Mapping[int, str]:
        """Give the SHA-256 of the photo of each record that has one."""

    def keep(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Keep files (by the ids of their rows) beside records that have none."""


Photos = Mapping[str, Photo]
"""Photos by the spelling in which rows name them."""


def keeper_of(register: str) -> Keeper | None:
    """Give where the photos of a register are kept; None where it keeps none."""
    keeper: Keeper | None = one_told("forms", "PHOTOS", register)
    return keeper


def must_take(register: str, photos: Photos | None) -> Keeper | None:
    """Give where photos that came go; raises `PhotosNotTaken` where the register keeps none."""
    keeper = keeper_of(register) if photos is not None else None
    if photos is not None and keeper is None:
        raise PhotosNotTaken
    return keeper


def plan_photos(register: str, planned: list[Planned], photos: Photos | None) -> list[Planned]:
    """Say of each row which photo it gets; rows without an end are added for what is left over.

    Without photos beside the table a name is a name. Raises `PhotosNotTaken`.
    """
    keeper = must_take(register, photos)
    if photos is None or keeper is None:
        return planned
    records = [one.record.pk for one in planned if one.record is not None]
    kept = keeper.kept(records)
    named: set[str] = set()
    for one in planned:
        name = one.row.cells.get(keeper.part, "").strip()
        if name:
            named.add(photo_key(name))
            _plan(one, keeper.part, photos.get(photo_key(name)), name, kept)
    left = [photo for key, photo in photos.items() if key not in named]
    return [*planned, *(_unnamed(keeper.part, one) for one in left)]


def _plan(one: Planned, part: str, photo: Photo | None, name: str, kept: Mapping[int, str]) -> None:
    before = kept.get(one.record.pk) if one.record is not None else None
    why = _problem(photo, name, before)
    if why is not None:
        one.wrong({**one.problems, part: why})
    elif photo is not None and before is None and one.outcome != WRONG:
        one.photo = photo.stored


def _problem(photo: Photo | None, name: str, before: str | None) -> Refused | None:
    if photo is None:
        return PhotoMissing(name=name[:80])
    if photo.stored is None:
        return photo.why
    if before is not None and before != photo.stored.sha256:
        return PhotoOther()
    return None if path_of(photo.stored.sha256).exists() else PhotoGone(name=photo.name)


def _unnamed(part: str, photo: Photo) -> Planned:
    found = Planned(Row(0, {}))
    found.wrong({part: photo.why or PhotoUnnamed(name=photo.name)})
    found.named = photo.name
    return found


def attach(tx: Tx, register: str, planned: Iterable[Planned], *, at: datetime.datetime) -> int:
    """Keep the photos of a plan whose records were written; give how many."""
    keeper = keeper_of(register)
    files: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for one in planned:
        if one.photo is not None and one.record is not None:
            sha256 = one.photo.sha256
            if sha256 not in files:
                files[sha256] = record(tx, one.photo, at=at)
            pairs.append((one.record.pk, files[sha256]))
    if keeper is not None and pairs:
        keeper.keep(pairs)
    return len(pairs)


def written(photos: Photos | None) -> str:
    """Write photos as a row keeps them while their table is looked at; empty where none came."""
    if photos is None:
        return ""
    told = {key: _told(one) for key, one in photos.items()}
    return json.dumps(told, ensure_ascii=False)


def _told(one: Photo) -> dict[str, Any]:
    if one.stored is not None:
        file = [one.stored.sha256, one.stored.size, one.stored.media_type]
        return {"name": one.name, "file": file}
    return {"name": one.name}


def read(text: str) -> Photos | None:
    """Read what `written` wrote."""
    if not text:
        return None
    return {key: _read(one) for key, one in json.loads(text).items()}


def _read(told: Mapping[str, Any]) -> Photo:
    if "file" in told:
        return Photo(told["name"], Stored(*told["file"]))
    return Photo(told["name"], why=PhotoRefused(name=told["name"]))
