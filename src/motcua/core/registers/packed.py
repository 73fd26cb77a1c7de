"""A table with the photos it names: packed as one ZIP file, or beside them in a folder.

Nothing is unpacked onto the disk by its name: the table is read, and each photo goes into the store
by its content, as every upload does. What could be meant to harm is refused whole and by name.
"""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from motcua.core.files.store import Stored, keep
from motcua.kernel.errors import Refused

MOST_PHOTOS = 10_000
_TABLES = (".csv", ".xlsx", ".geojson", ".json")
_OF_COMPUTERS = ("__macosx", "thumbs.db", "desktop.ini")
_OF_WORKBOOKS = ("[Content_Types].xml", "META-INF/manifest.xml")
_ZIP, _END, _END_64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
_TAIL, _FAR = 22, 22 + 0xFFFF
_LONGEST_LIST = 4 * 1024 * 1024
_LARGEST_TABLE = 64 * 1024 * 1024
_ROOM = 16 * 1024 * 1024
_TIMES = 4
_PIECE = 1 << 16
_SAYS_UTF8, _ENCRYPTED = 0x800, 0x1
_SHOWN = 80


class PackBroken(Refused):
    """A ZIP file that cannot be read: cut off, its parts over one another, packed in a rare way."""

    code = "registers.pack_broken"
    vi = "Không đọc được tệp ZIP: tệp bị hỏng hoặc nén theo cách không hỗ trợ."
    en = "The ZIP file cannot be read: it is damaged, or packed in a way that is not known here."


class PackUnsafe(Refused):
    """A part whose name leads out of the file: by `..`, from a root, or with a drive."""

    code = "registers.pack_unsafe"
    vi = "Tệp ZIP có tên dẫn ra ngoài: “{name}”. Hãy nén lại chỉ bảng và các ảnh."
    en = "A name in the ZIP file leads out of it: “{name}”. Pack the table and its photos alone."


class PackLink(Refused):
    """A part that is no file but a link or a device."""

    code = "registers.pack_link"
    vi = "Tệp ZIP có liên kết hoặc mục không phải tệp: “{name}”."
    en = "The ZIP file holds a link, or something that is no file: “{name}”."


class PackEncrypted(Refused):
    """A part that opens with a password."""

    code = "registers.pack_encrypted"
    vi = "Tệp ZIP có mật khẩu (“{name}”). Hãy nén lại không đặt mật khẩu."
    en = "The ZIP file asks for a password (“{name}”). Pack it without one."


class PackNested(Refused):
    """A packed file within a packed file."""

    code = "registers.pack_nested"
    vi = "Trong tệp ZIP có tệp nén khác: “{name}”. Hãy đưa ảnh thẳng vào một tệp ZIP."
    en = "The ZIP file holds another packed file: “{name}”. Put the photos right into one."


class PackTwice(Refused):
    """Two photos of one name: which of them a row means nobody can tell."""

    code = "registers.pack_twice"
    vi = "Có hai ảnh cùng tên “{name}”, kể cả ở thư mục khác nhau. Hãy đổi tên một ảnh."
    en = "Two photos are called “{name}”, be it in different folders. Rename one of them."


class PackTooLarge(Refused):
    """A file that would unpack to far more than photos do, or that holds too many parts."""

    code = "registers.pack_too_large"
    vi = "Tệp ZIP bung ra quá lớn hoặc có hơn {most} ảnh; hãy chia thành nhiều tệp."
    en = "The ZIP file unpacks to far too much, or holds over {most} photos; cut it into several."


class PackTable(Refused):
    """A pack holds one table."""

    code = "registers.pack_table"
    vi = "Tệp ZIP phải có đúng một bảng CSV, XLSX hoặc GeoJSON; tệp này có {count}."
    en = "The ZIP file holds exactly one table (CSV, XLSX or GeoJSON); this one has {count}."


class NotAPhoto(Refused):
    """The file is of a kind that is taken in, but no picture."""

    code = "registers.not_a_photo"
    vi = "Tệp này không phải ảnh; chỉ nhận JPEG, PNG hoặc HEIC."
    en = "This file is no photo; only JPEG, PNG and HEIC are."


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that came with a table: in the store, or refused for a reason."""

    name: str
    stored: Stored | None = None
    why: Refused | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A table and the photos that came with it, by their names (`photo_key`); None: none could."""

    body: bytes
    photos: Mapping[str, Photo] | None = None


def photo_key(name: str) -> str:
    """Give a name of a photo in one spelling: without folders, NFC, capitals not told apart."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return unicodedata.normalize("NFC", last).strip().casefold()


def is_pack(file: IO[bytes]) -> bool:
    """Tell whether a file is a ZIP file that is no workbook; it is read from its beginning again.

    Raises what `unpack` raises of one that cannot be looked into.
    """
    file.seek(0)
    begins = file.read(len(_ZIP)) == _ZIP
    found = begins and not any(one.filename in _OF_WORKBOOKS for one in _parts(file))
    file.seek(0)
    return found


def unpack(file: IO[bytes]) -> Pack:
    """Read the table of a ZIP file, and keep its photos; a refused photo keeps no other out.

    Raises `PackBroken`, `PackUnsafe`, `PackLink`, `PackEncrypted`, `PackNested`, `PackTwice`,
    `PackTooLarge` and `PackTable`.
    """
    every = _parts(file)
    _must_be_plain(every)
    parts = [one for one in every if not _is_noise(_name_of(one))]
    tables = [one for one in parts if one.filename.casefold().endswith(_TABLES)]
    if len(tables) != 1:
        raise PackTable(count=len(tables))
    [table] = tables
    others = [one for one in parts if one is not table]
    _must_fit(file, table, others)
    _must_differ(_name_of(one) for one in others)
    try:
        with zipfile.ZipFile(file) as packed:
            for one in others:
                with packed.open(one) as part:
                    if part.read(len(_ZIP)) == _ZIP:
                        raise PackNested(name=_named(_name_of(one)))
            body = packed.read(table)
            photos = [_photo(_name_of(one), _pieces(packed, one)) for one in others]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as wrong:
        raise PackBroken from wrong
    return Pack(body, {photo_key(one.name): one for one in photos})


def beside(body: bytes, folder: Path) -> Pack:
    """Give a table with the photos of a folder. Raises `PackLink`, `PackTwice`, `PackTooLarge`."""
    found = [one for one in sorted(folder.iterdir()) if not _is_noise(one.name)]
    found = [one for one in found if not one.name.casefold().endswith(_TABLES)]
    for one in found:
        if one.is_symlink() or not one.is_file():
            raise PackLink(name=_named(one.name))
    if len(found) > MOST_PHOTOS:
        raise PackTooLarge(most=MOST_PHOTOS)
    _must_differ(one.name for one in found)
    photos = [_photo(one.name, _pieces_of(one)) for one in found]
    return Pack(body, {photo_key(one.name): one for one in photos})


def _parts(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """List what a ZIP file holds, once its list is known to be short."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _FAR))
    tail = file.read()
    end = len(tail) - _TAIL
    if not (tail[end : end + 4] == _END and tail.endswith(b"\0\0")):
        end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _TAIL:
        raise PackBroken
    if tail[max(0, end - 20) : end].startswith(_END_64):  # for files of over 4 GB, or to deceive
        raise PackTooLarge(most=MOST_PHOTOS)
    if int.from_bytes(tail[end + 12 : end + 16], "little") > _LONGEST_LIST:
        raise PackTooLarge(most=MOST_PHOTOS)
    try:
        with zipfile.ZipFile(file) as packed:
            found = [one for one in packed.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as wrong:
        raise PackBroken from wrong
    return found


def _name_of(one: zipfile.ZipInfo) -> str:
    """Give the name of a part; some programs write UTF-8 and do not say so."""
    if one.flag_bits & _SAYS_UTF8:
        return one.filename
    try:
        return one.filename.encode("cp437").decode()
    except UnicodeError:
        return one.filename


def _is_noise(name: str) -> bool:
    """Tell what a computer puts into a folder by itself."""
    parts = name.casefold().split("/")
    return parts[0] in _OF_COMPUTERS or parts[-1] in _OF_COMPUTERS or parts[-1].startswith(".")


def _must_be_plain(parts: Iterable[zipfile.ZipInfo]) -> None:
    for one in parts:
        named = {"name": _named(_name_of(one))}
        # `orig_filename` is the name before the reader has mended it
        name = one.orig_filename
        folders = name.split("/")
        if ".." in folders or name.startswith("/") or any(sign in name for sign in "\\:\0"):
            raise PackUnsafe(**named)
        kind = stat.S_IFMT(one.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            raise PackLink(**named)
        if one.flag_bits & _ENCRYPTED:
            raise PackEncrypted(**named)


def _must_fit(file: IO[bytes], table: zipfile.ZipInfo, others: list[zipfile.ZipInfo]) -> None:
    """Refuse what unpacks without end: photos hardly grow, and parts do not share their bytes."""
    size = file.seek(0, io.SEEK_END)
    if sum(one.compress_size for one in (table, *others)) > size:
        raise PackBroken
    unpacked = sum(one.file_size for one in others)
    if table.file_size > _LARGEST_TABLE or unpacked > _TIMES * size + _ROOM:
        raise PackTooLarge(most=MOST_PHOTOS)
    if len(others) > MOST_PHOTOS:
        raise PackTooLarge(most=MOST_PHOTOS)


def _must_differ(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if photo_key(name) in seen:
            raise PackTwice(name=_named(name))
        seen.add(photo_key(name))


def _photo(name: str, pieces: Iterator[bytes]) -> Photo:
    """Keep a photo as an upload is kept: by its content, looked at by the scanner, opened once."""
    # whoever brings no photos loads no reader of pictures
    from motcua.core.files.pictures import PICTURES, Size, shown  # noqa: PLC0415

    shown_as = _named(name.rpartition("/")[2])
    try:
        stored = keep(pieces)
        if stored.media_type not in PICTURES:
            raise NotAPhoto
        shown(stored.sha256, stored.media_type, Size.THUMB)
    except Refused as why:
        return Photo(shown_as, why=why)
    return Photo(shown_as, stored)


def _pieces(packed: zipfile.ZipFile, one: zipfile.ZipInfo) -> Iterator[bytes]:
    with packed.open(one) as part:
        while piece := part.read(_PIECE):
            yield piece


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _named(name: str) -> str:
    """Give a name from outside as it may be repeated."""
    seen = "".join(one if one.isprintable() else "�" for one in name)
    return unicodedata.normalize("NFC", seen)[:_SHOWN]
