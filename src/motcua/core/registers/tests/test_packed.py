"""ZIP files of a table with its photos: read by content; what could harm is refused by its name."""

from __future__ import annotations

import io
import stat
import tracemalloc
import zipfile
from zipfile import ZipInfo

import pytest

from motcua.core.files.store import FileTypeUnknown, path_of
from motcua.core.registers import packed
from motcua.core.registers.packed import beside, is_pack, photo_key, unpack
from motcua.core.registers.tests.packs import TABLE, jpeg, pack


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path / "files"


def test_a_table_and_its_photos_are_read():
    file = pack({"so/bang.csv": TABLE, "so/anh/Một.JPG": jpeg(), "__MACOSX/._a.jpg": b"x"})
    assert is_pack(file)
    found = unpack(file)
    assert found.body == TABLE
    [(key, photo)] = found.photos.items()
    assert (key, photo.name, photo.why) == (photo_key("Một.jpg"), "Một.JPG", None)
    assert path_of(photo.stored.sha256).read_bytes() == jpeg()


def test_a_name_in_utf8_that_does_not_say_so_is_read():
    file = pack({"bang.csv": TABLE, "Một.jpg": jpeg()})
    plain = file.getvalue().replace("Một.jpg".encode(), b"M\xe1\xbb\x99t.jpg")
    blank = bytearray(plain)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := plain.find(sign, at + 1)) >= 0:
            blank[at + place + 1] &= 0xF7  # the flag that names are UTF-8
    assert set(unpack(io.BytesIO(bytes(blank))).photos) == {photo_key("Một.jpg")}


def test_a_workbook_is_no_pack():
    assert not is_pack(pack({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}))
    assert not is_pack(pack({"mimetype": b"x", "META-INF/manifest.xml": b"<x/>"}))
    assert not is_pack(io.BytesIO(TABLE))


def test_what_is_no_photo_is_refused_for_itself():
    files = {"a.jpg": b"MZ\x90", "b.jpg": b"%PDF-1.4", "c.jpg": jpeg()[:300], "d.jpg": jpeg()}
    found = unpack(pack({"bang.csv": TABLE, **files})).photos
    codes = {key: one.why.code if one.why else "" for key, one in found.items()}
    assert codes == {
        "a.jpg": FileTypeUnknown.code,
        "b.jpg": packed.NotAPhoto.code,
        "c.jpg": "files.picture_broken",
        "d.jpg": "",
    }


def linked() -> io.BytesIO:
    link = ZipInfo("a.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return pack({"bang.csv": TABLE, link: b"/etc/passwd"})


def encrypted() -> io.BytesIO:
    """Say of the first part that it opens with a password."""
    data = bytearray(pack({"a.jpg": jpeg(), "bang.csv": TABLE}).getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return io.BytesIO(bytes(data))


def twice() -> io.BytesIO:
    return pack({"bang.csv": TABLE, "x/A.jpg": jpeg(), "y/a.JPG": jpeg("blue")})


def bomb() -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bang.csv", TABLE)
        made.writestr("a.jpg", bytes(40_000_000))
    return file


def table_bomb() -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bang.csv", bytes(packed._LARGEST_TABLE + 1))
    return file


def over_one_another() -> io.BytesIO:
    """Let two names of the list lead to the same bytes."""
    data = pack({"bang.csv": TABLE, "a.jpg": b"\xff\xd8\xff" + bytes(5000)}).getvalue()
    begins, ends = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[begins:ends]
    more = entry.replace(b"a.jpg", b"b.jpg")
    end = bytearray(data[ends:])
    end[8:10] = end[10:12] = (3).to_bytes(2, "little")
    size = int.from_bytes(end[12:16], "little") + len(more)
    end[12:16] = size.to_bytes(4, "little")
    return io.BytesIO(data[:ends] + more + bytes(end))


def crowded() -> io.BytesIO:
    """Say that the list of parts is longer than any list of photos."""
    data = bytearray(pack({"bang.csv": TABLE}).getvalue())
    data[-10:-6] = (200_000_000).to_bytes(4, "little")
    return io.BytesIO(bytes(data))


def take(file: io.BytesIO) -> None:
    """Do as both doors do."""
    if is_pack(file):
        unpack(file)


HARM = {
    "up": (lambda: pack({"bang.csv": TABLE, "../a.jpg": jpeg()}), packed.PackUnsafe),
    "root": (lambda: pack({"bang.csv": TABLE, "/etc/a.jpg": jpeg()}), packed.PackUnsafe),
    "drive": (lambda: pack({"bang.csv": TABLE, "C:a.jpg": jpeg()}), packed.PackUnsafe),
    "within": (lambda: pack({"bang.csv": TABLE, "x/../../a.jpg": jpeg()}), packed.PackUnsafe),
    "backslash": (lambda: pack({"bang.csv": TABLE, "..\\a.jpg": jpeg()}), packed.PackUnsafe),
    "table up": (lambda: pack({"../bang.csv": TABLE}), packed.PackUnsafe),
    "link": (linked, packed.PackLink),
    "password": (encrypted, packed.PackEncrypted),
    "nested": (
        lambda: pack({"bang.csv": TABLE, "a.jpg": pack({"x": b"y"}).getvalue()}),
        packed.PackNested,
    ),
    "twice": (twice, packed.PackTwice),
    "bomb": (bomb, packed.PackTooLarge),
    "table bomb": (table_bomb, packed.PackTooLarge),
    "overlap": (over_one_another, packed.PackBroken),
    "crowd": (crowded, packed.PackTooLarge),
    "no table": (lambda: pack({"a.jpg": jpeg()}), packed.PackTable),
    "two tables": (lambda: pack({"a.csv": TABLE, "b.csv": TABLE}), packed.PackTable),
    "cut off": (lambda: io.BytesIO(pack({"bang.csv": TABLE}).getvalue()[:-9]), packed.PackBroken),
    "no list": (lambda: io.BytesIO(b"PK\x03\x04" + bytes(40)), packed.PackBroken),
}


@pytest.mark.parametrize("harm", HARM)
def test_harm_is_refused_whole_by_its_name_with_nothing_kept(harm, settings):
    make, why = HARM[harm]
    file = make()
    tracemalloc.start()
    with pytest.raises(why) as refused:
        take(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
    assert refused.value.text("vi") != refused.value.text("en")
    assert not [one for one in settings.MOTCUA_FILES.rglob("*") if one.is_file()]


def test_bytes_that_are_not_what_the_list_says_are_refused():
    file = pack({"bang.csv": TABLE, "a.jpg": jpeg()})
    data = bytearray(file.getvalue())
    data[data.index(b"\xff\xd8\xff") + 40] ^= 1
    with pytest.raises(packed.PackBroken):
        unpack(io.BytesIO(bytes(data)))


def test_photos_lie_in_a_folder_too(tmp_path):
    folder = tmp_path / "anh"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(jpeg())
    (folder / "bang.csv").write_bytes(TABLE)
    (folder / ".nomedia").touch()
    assert set(beside(TABLE, folder).photos) == {"a.jpg"}
    (folder / "b.jpg").symlink_to("/etc/passwd")
    with pytest.raises(packed.PackLink):
        beside(TABLE, folder)
