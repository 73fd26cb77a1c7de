"""Copies: who makes which of what, their one book of numbers, and that they show what was there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from io import BytesIO

import pytest

from motcua.core.dossiers.signing import ProofNeeded
from motcua.core.dossiers.tests.sharing import together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.files.store import keep
from motcua.core.official import copying, delivery, faults
from motcua.core.official.carrying import Done
from motcua.core.official.content import Content
from motcua.core.official.copying import Wanted
from motcua.core.official.drafting import To
from motcua.core.official.models import NumberBook, OutgoingDocument
from motcua.core.official.pades import AGENCY
from motcua.core.official.reconcile import check_documents
from motcua.core.official.rights import document_of
from motcua.core.official.tests.office import later
from motcua.core.official.tests.test_incoming import arrive, assign
from motcua.core.official.validating import validate
from motcua.kernel.errors import Invalid

THREE = Content(["Đoạn thứ nhất.", "Đoạn thứ hai.", "Đoạn thứ ba."])


def copy(office, done, form="SY", *, who="director", key=None, came=False, **changes) -> Done:
    plain = {"form": form, "position": "GIÁM ĐỐC", "recipients": [To("Nơi Nhận", "a@example.vn")]}
    act = copying.copy_arrival if came else copying.copy_document
    named = "arrival_id" if came else "document_id"
    return act(
        actor=office.people[who],
        at=later(3),
        wanted=Wanted(**{**plain, **changes}),
        key=key,
        **{named: done.document_id},
    )


def pdf_text(body: bytes) -> list[str]:
    import pypdf

    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(body)).pages]


@pytest.fixture(scope="module")
def scan() -> bytes:
    """Give a file of two pages, the second turned, such as comes from elsewhere."""
    import typst

    source = b"#set page(width: 300pt, height: 400pt)\nTRANG A\n#pagebreak()\nTRANG B"
    return typst.compile({"main.typ": source}, ignore_system_fonts=True, format="pdf")


def test_a_true_copy_shows_the_whole_and_who_made_it(office):
    done = office.issued(content=THREE)
    made = copy(office, done)
    office.work(later(3))
    row = office.row(made)
    assert (row.state, row.number, row.signs) == ("issued", 1, "SY-SKHCN")
    body = office.file(made)
    original, last = pdf_text(body)
    for part in ("Đoạn thứ ba", "01/SKHCN-CNTT", "ngày 02 tháng 11 năm 2026"):
        assert part in original, part
    for part in ("SAO Y", "01/SY-SKHCN", "Đỗ Thị Ưởng", "Nơi Nhận", "số 01/SKHCN-CNTT ngày"):
        assert part in last, part
    assert list(check_documents()) == []


def test_a_copy_bears_the_signature_of_the_agency_alone(office, authority):
    done = office.issued()
    made = copy(office, done)
    office.work(later(3))
    verdict = validate(office.file(made), roots=authority.trusted(), at=later(48), fields=(AGENCY,))
    assert verdict.good
    assert [one.at for one in verdict.signatures] == [later(3)]


def test_an_excerpt_names_its_paragraphs(office):
    done = office.issued(content=THREE)
    made = copy(office, done, "TrS", parts="1, 3")
    office.work(later(3))
    assert office.row(made).parts == "1,3"
    [text] = pdf_text(office.file(made))
    assert "Đoạn thứ nhất" in text
    assert "Đoạn thứ hai" not in text
    for part in ("TRÍCH SAO", "01/TrS-SKHCN", "(đoạn 1,", "[…]"):
        assert part in text, part


@pytest.mark.parametrize("parts", ["", "4", "0", "2-1", "x", "1,,x"])
def test_an_excerpt_of_what_is_not_there_is_refused(office, parts):
    done = office.issued(content=THREE)
    with pytest.raises(Invalid) as wrong:
        copy(office, done, "TrS", parts=parts)
    assert set(wrong.value.problems) == {"parts"}
    assert not NumberBook.objects.filter(book="sao").exists()


def test_pages_of_what_came_in_are_copied(office, scan):
    done = arrive(office, file=keep([scan]))
    whole, part = (
        copy(office, done, "SL", came=True),
        copy(office, done, "TrS", came=True, parts="2"),
    )
    office.work(later(3))
    first, second, last = pdf_text(office.file(whole))
    assert ("TRANG A" in first, "TRANG B" in second) == (True, True)
    assert "01/SL-SKHCN" in last
    assert "số 12/BM-VP" in last
    only, last = pdf_text(office.file(part))
    assert ("TRANG B" in only, "02/TrS-SKHCN" in last, "(trang 2)" in last) == (True, True, True)


@pytest.mark.parametrize("body", [b"%PDF-1.4 torn", b"PK\x03\x04" + b"\0" * 26 + b"word/x", None])
def test_what_has_no_pages_takes_no_number(office, body):
    done = arrive(office, file=keep([body]) if body else None)
    with pytest.raises(faults.NotCopied):
        copy(office, done, came=True)
    assert not OutgoingDocument.objects.exists()


def test_a_picture_is_copied(office):
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "PNG")
    made = copy(office, arrive(office, file=keep([out.getvalue()])), came=True)
    office.work(later(3))
    assert len(pdf_text(office.file(made))) == 2


def test_which_form_is_made_of_what(office):
    done = office.issued()
    with pytest.raises(faults.NotThatCopy):
        copy(office, done, "SL")
    made = copy(office, done)
    with pytest.raises(faults.WrongState):  # the agency has not signed it yet
        copy(office, made, "SL")
    office.work(later(3))
    with pytest.raises(faults.NotThatCopy):
        copy(office, made, "SY")
    again = copy(office, made, "SL")
    office.work(later(3))
    assert office.row(again).number == 2
    assert "12:00:00+07:00" in pdf_text(office.file(again))[0]  # the seal of the first
    with pytest.raises(faults.NotThatCopy):
        copy(office, again, "SL")


def test_only_who_may_sign_makes_a_copy_and_proves_it(office):
    done = office.issued()
    for who in ("clerk", "drafter", "head"):
        with pytest.raises(faults.NotYourAgency):
            copy(office, done, who=who)
    with pytest.raises(faults.NotASigner):
        copy(office, done, authority="TL.")
    with pytest.raises(faults.NoSuchDocument):
        copy(office, done, who="stranger")
    with pytest.raises(faults.WrongState):
        copy(office, office.draft())
    office.people["director"] = replace(office.people["director"], proven=False)
    with pytest.raises(ProofNeeded):
        copy(office, done)
    assert not OutgoingDocument.objects.filter(kind="SY").exists()


def test_a_copy_of_what_came_in_is_for_its_readers(office, scan):
    done = arrive(office, file=keep([scan]))
    made = copy(office, done, came=True)
    office.work(later(3))
    with pytest.raises(faults.NoSuchDocument):
        document_of(office.people["drafter"], made.document_id)
    assign(office, done)
    assert document_of(office.people["drafter"], made.document_id)


def test_a_repeat_makes_no_second_copy(office):
    done = office.issued()
    assert copy(office, done, key="k") == copy(office, done, key="k")
    assert OutgoingDocument.objects.filter(kind="SY").count() == 1


def test_a_copy_is_sent_like_any_document_and_never_drafted(office):
    made = copy(office, office.issued())
    office.work(later(3))
    delivery.send(
        actor=office.people["clerk"],
        at=MONDAY,
        document_id=made.document_id,
        revision=None,
        key=None,
    )
    with pytest.raises(Invalid):
        office.draft(kind="SY")


@pytest.mark.django_db(transaction=True)
def test_copies_at_once_have_numbers_without_gap(shared):
    done = shared.issued()
    forms = ["SY", "TrS"] * 4
    acts = [partial(copy, shared, done, form, parts="1" if form == "TrS" else "") for form in forms]
    answers = together(*acts)
    assert all(isinstance(one, Done) for one in answers)
    rows = OutgoingDocument.objects.filter(kind__in=["SY", "TrS"])
    assert sorted(rows.values_list("number", flat=True)) == list(range(1, 9))
    assert list(check_documents()) == []
