"""Photos that come with a file of sightings: each to its record, once; whole or not at all."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.dossiers.tests.sharing import together
from motcua.core.dossiers.tests.unchanged import unchanged
from motcua.core.files.models import Evidence, StoredFile
from motcua.core.files.scanning import VirusFound, scan_with
from motcua.core.ledger.models import Entry
from motcua.core.registers import importing
from motcua.core.registers.importing import ImportFaulty
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record, RecordImport
from motcua.core.registers.packed import unpack
from motcua.core.registers.photos import PhotosNotTaken
from motcua.core.registers.tests.packs import jpeg, pack
from motcua.faces.ui.tests.pages import faults
from motcua.systems.antispam.models import SightingPhoto
from motcua.systems.antispam.tests.test_half_acts import broken, changed
from motcua.systems.antispam.tests.test_pages import browser, text

HEAD = "number,kind,place,seen_on,text,photo\n"
ROWS = (
    "0912345678,advert,Cột 1,2026-10-30,Khoan cắt,a.jpg\n"
    "0912345679,advert,Cột 2,2026-10-30,Khoan cắt,Anh/B.JPG\n"
    "0912345680,advert,Cột 3,2026-10-30,Khoan cắt,\n"
)
PAGE = "/ban/so-dang-ky/sightings/nhap"
__all__ = ["browser"]


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path / "files"


def packed(rows: str = ROWS, **photos: bytes) -> io.BytesIO:
    shots = photos or {"a": jpeg(), "b": jpeg("blue")}
    files = {f"anh/{name}.jpg": body for name, body in shots.items()}
    file = pack({"bang.csv": (HEAD + rows).encode(), **files})
    file.seek(0)
    return file


def look(desk, file: io.BytesIO, register="sightings") -> RecordImport:
    found = unpack(file)
    told = {"actor": desk.actor, "at": desk.at, "agency_id": desk.agency_id}
    named = {"declaration": register_of(register), "name": "a.zip"}
    return importing.look(**told, **named, body=found.body, photos=found.photos)


def take(desk, row: RecordImport) -> RecordImport:
    told = {"actor": desk.actor, "at": desk.at, "declaration": register_of("sightings")}
    return importing.take_in(**told, code=row.code)


def counts(row: RecordImport) -> dict:
    return {key: n for key, n in json.loads(row.report)["counts"].items() if n}


def problems(row: RecordImport) -> list[tuple[int, str]]:
    rows = json.loads(row.report)["rows"]
    return [(one["line"], why["code"]) for one in rows for why in one["problems"]]


def hashes() -> dict[str, str]:
    """Give the photo of each number."""
    told = SightingPhoto.objects.values_list("record__values", "file__sha256")
    return {json.loads(values)["number"][-2:]: sha256[:6] for values, sha256 in told}


def test_photos_go_to_the_records_that_name_them_and_on_into_the_dossier(desk):
    row = look(desk, packed())
    assert counts(row) == {"new": 3, "photos": 2}
    assert not StoredFile.objects.exists()
    done = take(desk, row)
    assert (done.photos, bytes(done.body)) == ("", b"")
    assert set(hashes()) == {"78", "79"}
    assert len(set(hashes().values())) == 2
    assert json.loads(Entry.objects.get(act="record_import").body)["data"]["photos"] == 2
    desk.open()
    assert Evidence.objects.filter(component="photo").count() == 2


def test_the_same_file_again_adds_nothing_twice(desk):
    take(desk, look(desk, packed()))
    again = look(desk, packed())
    assert counts(again) == {"same": 3}
    before = (Entry.objects.count(), Record.objects.count(), SightingPhoto.objects.count())
    take(desk, again)
    after = (Entry.objects.count(), Record.objects.count(), SightingPhoto.objects.count())
    assert after == before


def test_a_sighting_that_is_there_gets_its_photo_and_no_version(desk):
    take(desk, look(desk, packed(ROWS.replace("a.jpg", ""), b=jpeg("blue"))))
    row = look(desk, packed(ROWS.replace("a.jpg", "b.jpg").replace("3,2026", "3,2026")))
    assert problems(row) == [(0, "registers.photo_unnamed")]
    row = look(desk, packed())
    assert counts(row) == {"changed": 1, "same": 2, "photos": 1}  # its column names one now
    take(desk, row)
    SightingPhoto.objects.all().delete()
    row = look(desk, packed())
    assert counts(row) == {"same": 3, "photos": 2}
    assert {one["outcome"] for one in json.loads(row.report)["rows"]} == {"photo"}
    take(desk, row)
    assert Record.objects.filter(number__gt=1).count() == 1
    assert SightingPhoto.objects.count() == 2


WRONG = {
    "registers.photo_missing": (2, {"b": jpeg("blue")}),
    "registers.photo_unnamed": (0, {"a": jpeg(), "b": jpeg("blue"), "c": jpeg("green")}),
    "registers.not_a_photo": (2, {"a": b"%PDF-1.4", "b": jpeg("blue")}),
    "files.type_unknown": (2, {"a": b"<svg/>", "b": jpeg("blue")}),
    "files.picture_broken": (3, {"a": jpeg(), "b": jpeg()[:200]}),
}


def test_a_photo_that_is_wrong_is_named_at_its_row_and_nothing_goes_in(desk):
    for code, (line, photos) in WRONG.items():
        row = look(desk, packed(**photos))
        assert problems(row) == [(line, code)]
        with unchanged(), pytest.raises(ImportFaulty):
            take(desk, row)


def test_a_photo_that_the_scanner_refuses_keeps_the_file_out(desk):
    def scanner(path):
        if path.read_bytes() == jpeg("blue"):
            raise VirusFound(found="Eicar")

    scan_with(scanner)
    try:
        assert problems(look(desk, packed())) == [(3, "files.virus_found")]
    finally:
        scan_with(None)


def test_a_photo_that_is_there_is_not_replaced(desk):
    take(desk, look(desk, packed()))
    row = look(desk, packed(a=jpeg("green"), b=jpeg("blue")))
    assert problems(row) == [(2, "registers.photo_other")]


def test_a_register_without_photos_takes_none(desk):
    with pytest.raises(PhotosNotTaken):
        look(desk, packed(), "ported_numbers")


def test_photos_that_were_swept_are_told(desk, settings):
    row = look(desk, packed())
    for one in settings.MOTCUA_FILES.rglob("*"):
        if one.is_file():
            one.unlink()
    with pytest.raises(ImportFaulty):
        take(desk, row)
    assert not Record.objects.filter(register="sightings").exists()


def test_an_import_that_breaks_off_leaves_nothing(desk, monkeypatch):
    row = look(desk, packed())
    monkeypatch.setattr(SightingPhoto.objects, "bulk_create", broken)
    assert changed(lambda: take(desk, row)) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_take_one_file_in_add_each_photo_once(shared):
    rows = [look(shared, packed()) for _ in range(2)]
    together(*[lambda one=one: take(shared, one) for one in (*rows, *rows)])
    assert Record.objects.filter(register="sightings").count() == 3
    assert SightingPhoto.objects.count() == 2


def test_the_desk_takes_a_zip_file(desk, browser):
    client = browser()
    assert "ZIP" in text(client.get(PAGE))
    sent = SimpleUploadedFile("phuong.zip", packed().getvalue(), "application/zip")
    address = client.post(PAGE, {"file": sent})["Location"]
    shown = client.get(address)
    assert faults(shown) == []
    assert "Ảnh kèm 2" in " ".join(text(shown).split())
    done = client.post(address, follow=True)
    assert "Kèm 2 ảnh." in text(done)
    assert SightingPhoto.objects.count() == 2
    number = SightingPhoto.objects.first().record_id
    shot = client.get(f"/ban/so-quang-cao/anh/{number}")
    assert shot["Content-Type"] == "image/jpeg"
    shot.close()


def test_the_desk_names_what_is_wrong_with_a_zip_file(desk, browser):
    file = pack({"bang.csv": HEAD.encode(), "../a.jpg": jpeg()})
    sent = SimpleUploadedFile("phuong.zip", file.getvalue(), "application/zip")
    answer = browser().post(PAGE, {"file": sent})
    assert (answer.status_code, faults(answer)) == (422, [])
    assert "dẫn ra ngoài" in text(answer)
    sent = SimpleUploadedFile("phuong.zip", packed(b=jpeg()).getvalue(), "application/zip")
    client = browser()
    client.cookies["language"] = "en"
    shown = client.get(client.post(PAGE, {"file": sent})["Location"])
    assert "There is no photo “a.jpg” in the file." in text(shown)
    assert faults(shown) == []
