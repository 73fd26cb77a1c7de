"""What an edition must pass: all that ships passes, and what lacks a part is told by its name."""

from __future__ import annotations

import pytest

from motcua.core.letters.checks import checked
from motcua.core.letters.declared import letter_at, letters
from motcua.core.letters.kinds import kinds
from motcua.core.letters.setting import render
from motcua.core.letters.sources import LetterUnknown, Sources, shipped
from motcua.core.letters.tests.samples import AT, form03, mended, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("letter", letters(), ids=lambda one: one.address)
def test_what_ships_passes_every_check(letter):
    verdict = checked(letter, shipped(letter.system, letter.key))
    assert verdict.faults == ()
    assert verdict.tried == len(kinds(letter))


@pytest.mark.parametrize("letter", letters(), ids=lambda one: one.address)
def test_every_letter_declares_its_parts(letter):
    assert {"nation", "agency", "place", "title"} <= {
        one.key.removeprefix("result_") for one in letter.parts
    }


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("#heading-of(d, number: [Số: #blank(14mm)/TCHS])", "", "Quốc hiệu, tiêu ngữ"),
        ("#heading-of(d, number: [Số: #blank(14mm)/TCHS])", "#heading-of(d)", "Số, ký hiệu"),
        ("#beside-qr(d, {", "#({", "Mã QR tra cứu"),
        ("paragraphs(d.words)", "[]", "Lý do"),
        ("signature([NGƯỜI NỘP HỒ SƠ], d.applicant.name),", "", "Chữ ký người nộp"),
    ],
)
def test_what_lacks_an_obligatory_part_is_refused_by_its_name(old, new, part):
    found = checked(form03(), mended(old, new)).of("parts")
    assert [one for one in found if part in one.vi]
    assert all(one.code == "letters.part_missing" for one in found)


def test_a_symbol_too_small_to_be_read_is_refused():
    there = shipped("one_stop", "form03")
    small = there.shared.replace("width: 32mm, alt", "width: 20mm, alt")
    (found,) = checked(form03(), written(there.text, shared=small)).of("parts")
    assert found.code == "letters.part_small"
    assert "20 mm, tối thiểu 25 mm" in found.vi


def test_words_too_small_to_be_read_do_not_count():
    tiny = mended("paragraphs(d.words)", "text(2pt, paragraphs(d.words))")
    assert {one.code for one in checked(form03(), tiny).of("parts")} == {"letters.part_small"}


@pytest.mark.parametrize("word", ["eval", "plugin", "std"])
def test_what_could_run_what_people_wrote_is_refused_before_it_is_set(word):
    verdict = checked(form03(), mended("#code-line(d)", f"#code-line(d)\n#let x = {word}"))
    assert [(one.code, one.where) for one in verdict.faults] == [("letters.forbidden", "9")]
    assert verdict.tried == 0


def test_a_part_that_only_some_data_have_is_tried_without_it():
    careless = mended("#code-line(d)", "#code-line(d)\n#d.papers.first().name")
    (found,) = checked(form03(), careless).faults
    assert found.where == "9"


def test_values_that_look_like_markup_stay_words():
    data = next(one.data for one in kinds(form03()) if one.key == "hostile")
    assert render(shipped("one_stop", "form03"), data, at=AT) != b""
    evaluated = mended("paragraphs(d.words)", "d.words.map(one => raw(one)).join()")
    assert checked(form03(), evaluated).of("sets") == ()


def test_a_template_that_is_too_long_is_not_even_set():
    verdict = checked(form03(), Sources("form03", "x" * 60_001, "", None))
    assert [one.code for one in verdict.faults] == ["letters.too_long"]


@pytest.mark.parametrize(
    "address", ["one_stop.form99", "x.form01", "one_stop", "", "one_stop._house", "\0.x"]
)
def test_an_unknown_letter_is_refused_by_name(address):
    with pytest.raises(LetterUnknown):
        letter_at(address)
