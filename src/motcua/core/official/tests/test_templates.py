"""A document from a template: what it names becomes text, and what it may not do is refused."""

from __future__ import annotations

import dataclasses

import pytest

from motcua.core.letters.faults import TemplateFaulty
from motcua.core.letters.sandbox import BOUNDS
from motcua.core.letters.sources import LetterUnknown, Sources
from motcua.core.official.kinds import KINDS
from motcua.core.official.models import IncomingDocument
from motcua.core.official.templates import SaysNothing, begun_by, content_of, document_templates
from motcua.core.official.tests.office import later
from motcua.core.official.tests.test_incoming import arrive

TEXT = """
#set document(title: "Thử")
#let d = json("data.json")
#let ground(text) = [#metadata((ground: text))<motcua-part>]
#let paragraph(text) = [#metadata((paragraph: text))<motcua-part>]
#ground("Căn cứ quy định hiện hành")
#paragraph("Đề nghị " + d.operator + " ngừng cung cấp dịch vụ.")
#for one in d.numbers { paragraph("Số " + one + ".") }
"""


def said(text=TEXT, **data):
    told = {"operator": "Công ty Mẫu", "numbers": ["0912", "0913"], **data}
    return content_of(Sources("thử", text, "", edition=None), told, at=later(1))


def test_what_a_template_names_becomes_the_document():
    content = said()
    assert list(content.grounds) == ["Căn cứ quy định hiện hành"]
    assert list(content.paragraphs) == [
        "Đề nghị Công ty Mẫu ngừng cung cấp dịch vụ.", "Số 0912.", "Số 0913."
    ]  # fmt: skip


def test_what_people_wrote_is_never_run():
    assert said(operator="#panic() *x*").paragraphs[0].startswith("Đề nghị #panic() *x* ngừng")


@pytest.mark.parametrize("text", ["#unknown", TEXT + '#read("/etc/passwd")'])
def test_a_faulty_template_is_refused(text):
    with pytest.raises(TemplateFaulty):
        said(text)


def test_one_that_names_nothing_is_refused():
    with pytest.raises(SaysNothing):
        said('#set document(title: "x")\nChữ')


def test_one_that_never_ends_is_ended():
    bounds = dataclasses.replace(BOUNDS, seconds=1)
    endless = Sources("thử", "#while true { }", "", edition=None)
    with pytest.raises(TemplateFaulty):
        content_of(endless, {}, at=later(1), bounds=bounds)


@pytest.mark.parametrize("letter", document_templates(), ids=lambda one: one.key)
def test_what_ships_begins_a_draft(office, letter):
    begun = begun_by(
        letter.address, agency_id=office.world.department.pk, answered=None, at=later(1)
    )
    assert begun.kind in KINDS
    assert begun.abstract
    assert "…" in " ".join(begun.content.paragraphs)
    office.draft(kind=begun.kind, abstract=begun.abstract, content=begun.content)


def test_a_reply_names_what_it_answers(office):
    row = IncomingDocument.objects.get(pk=arrive(office).document_id)
    told = {"agency_id": office.world.department.pk, "answered": row, "at": later(1)}
    begun = begun_by("one_stop.document_reply", **told)
    assert begun.abstract == "trả lời Văn bản số 12/BM-VP"
    assert begun.content.paragraphs[0].startswith("Sở Khoa học và Công nghệ nhận được Văn bản số")
    assert "ngày 02/11/2026 của Bộ Mẫu về việc báo cáo quý" in begun.content.paragraphs[0]
    with pytest.raises(LetterUnknown):
        begun_by("one_stop.form01", **told)


def test_four_kinds_ship():
    assert {one.drafts for one in document_templates()} == {"CV", "TB", "GM", "BB"}
