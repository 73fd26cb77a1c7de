"""Signatures on a document: made in order, seen again by the house, and every meddling shown."""

from __future__ import annotations

from io import BytesIO

import pytest

from motcua.core.files.store import path_of
from motcua.core.official import pades
from motcua.core.official.tests.authority import Authority
from motcua.core.official.tests.office import later
from motcua.core.official.validating import validate

BOTH = [pades.PERSONAL, pades.AGENCY]


@pytest.fixture(scope="module")
def _kept():
    return {}


@pytest.fixture
def letter(_kept, office, authority):
    """Give the bytes of an issued letter and of its state before; made once, they are alike."""
    if not _kept:
        done = office.issued(issued_at=later(24))
        _kept["issued"] = office.file(done)
        _kept["signed"] = office.file(done, "signed")
        _kept["sha256"] = office.row(done).files.get(stage="issued").file.sha256
        _kept["roots"] = authority.trusted()
    return _kept


def look(letter, body=None, roots=None):
    return validate(body or letter["issued"], roots=roots or letter["roots"], at=later(48))


def test_both_signatures_are_seen_again(letter):
    verdict = look(letter)
    assert verdict.good
    assert verdict.sha256 == letter["sha256"]
    assert [(one.field, one.name, one.organisation) for one in verdict.signatures] == [
        (pades.PERSONAL, "Đỗ Thị Ưởng", "Sở Khoa học và Công nghệ"),
        (pades.AGENCY, "Sở Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"),
    ]
    assert [one.at for one in verdict.signatures] == [later(0), later(24)]


def test_the_agency_signs_on_top_of_what_the_signer_signed(letter):
    assert letter["issued"].startswith(letter["signed"])
    verdict = look(letter, letter["signed"])
    assert [one.good for one in verdict.signatures] == [True]
    assert (verdict.missing, verdict.good) == ((pades.AGENCY,), False)


def test_a_changed_byte_is_seen(letter):
    body = bytearray(letter["issued"])
    body[len(letter["signed"]) // 2] ^= 1
    assert not look(letter, bytes(body)).good
    late = bytearray(letter["issued"])
    late[len(letter["signed"]) + 400] ^= 1
    verdict = look(letter, bytes(late))
    assert not verdict.good


def test_a_certificate_of_others_is_not_trusted(letter):
    verdict = look(letter, roots=Authority("CA lạ").trusted())
    assert [(one.intact, one.trusted) for one in verdict.signatures] == [(True, False)] * 2
    assert not verdict.good


def test_a_signature_that_was_taken_out_is_missed(letter):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(letter["issued"]))
    for one in writer.root["/AcroForm"]["/Fields"]:
        field = one.get_object()
        if field["/T"] == pades.AGENCY:
            del field["/V"]
            writer.update_container(field)
    out = BytesIO()
    writer.write(out)
    verdict = look(letter, out.getvalue())
    assert (verdict.missing, verdict.good) == ((pades.AGENCY,), False)


def test_what_was_added_after_the_signatures_is_seen(letter):
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(letter["issued"]))
    page = writer.find_page_for_modification(0)[0].get_object()
    page[generic.pdf_name("/Rotate")] = generic.NumberObject(180)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    verdict = look(letter, out.getvalue())
    assert [(one.intact, one.whole) for one in verdict.signatures] == [(True, False)] * 2


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7 nothing", b"x" * 100])
def test_what_is_no_signed_file_is_called_so(letter, body):
    verdict = validate(body, roots=letter["roots"], at=later(48))
    assert (verdict.unreadable, verdict.good, list(verdict.missing)) == (True, False, BOTH)


def test_the_bytes_stay_as_they_were_issued(office):
    done = office.issued()
    stored = office.row(done).files.get(stage="issued").file
    body = path_of(stored.sha256).read_bytes()
    office.work(later(5))
    assert path_of(stored.sha256).read_bytes() == body
    assert office.row(done).files.count() == 2


def test_a_job_that_runs_again_changes_nothing(office):
    from motcua.core.jobs.models import Job

    done = office.issued()
    Job.objects.update(state="ready")
    office.work(later(5))
    assert (office.row(done).revision, office.row(done).files.count()) == (6, 2)
