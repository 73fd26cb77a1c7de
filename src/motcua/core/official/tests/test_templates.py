"""A document from a template: what it names becomes text, and what it may not do is refused."""

from __future__ import annotations

import dataclasses

import pytest

from motcua.core.letters.faults import TemplateFaulty
from motcua.core.letters.sandbox import BOUNDS
from motcua.core.letters.sources import Sources
from motcua.core.official.templates import SaysNothing, content_of
from motcua.core.official.tests.office import later

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
