"""Nothing is published while one of these faults stands."""

from __future__ import annotations

import pytest

from motcua.core.procedures.checks import publish_faults
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.core.procedures.tests.conftest import TINY

_MANY = "".join(
    f'[fields.f{n}]\nlabel = {{ vi = "F", en = "F" }}\ntype = "text"\nindexed = true\n'
    for n in range(3)
)


def _codes(text: str) -> dict[str, str]:
    posts = load(TINY).declaration.posts
    faults = publish_faults(read(text, system="tiny"), posts=posts)
    assert all(fault.vi and fault.en for fault in faults)
    return {fault.code: fault.where for fault in faults}


def test_a_sound_procedure_has_no_fault(text):
    assert _codes(text) == {}


def test_every_sourced_value_must_name_a_source(text):
    bare = text.replace('source = "decree"', "").replace('source = "house"', "")
    faults = publish_faults(read(bare, system="tiny"), posts={"counter", "leader"})
    unsaid = {fault.where for fault in faults if fault.code == "procedure.no_source"}
    wanted = {"code", "name", "limit", "hours", "legal_basis", "evidence.request", "fees.fee"}
    assert unsaid >= wanted


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("hours = 4", "hours = 5", "flow.main_path_minutes", "steps"),
        ('post = "leader"', 'post = "king"', "flow.unknown_post", "steps.sign"),
        ('to = "returned"', 'to = "moon"', "flow.unknown_target", "moves.return"),
        (', text = "Nghị định 1/2026, Điều 2"', "", "procedure.source_without_text", "name"),
        ('is = ["Luật 1"]', "is = []", "procedure.no_legal_basis", "legal_basis"),
        ('letter = "form01"', 'letter = "x"', "procedure.letter_undeclared", "moves.receive"),
        ('message = "received"', 'message = "x"', "procedure.message_undeclared", "moves.receive"),
        ("Received {code}", "{x}", "procedure.message_words", "messages.received"),
        ("Received {code}", "{code.x}", "procedure.message_words", "messages.received"),
        ("Received {code}", "{", "procedure.message_words", "messages.received"),
        ("[steps.reception]", _MANY + "[steps.reception]", "procedure.too_many_indexed", "fields"),
        (
            'type = "personal_number"',
            'type = "personal_number"\nindexed = true',
            "procedure.personal_number_indexed",
            "fields.number",
        ),
        ('vi = "Giấy phép thử"', f'vi = "{"x" * 29}"', "procedure.short_too_long", "short.vi"),
        ("gives_code = true", "", "procedure.no_reception", "steps.reception"),
        ('["counter", "public"]', "[]", "procedure.no_channel", "channels"),
    ],
)
def test_each_fault_is_found(text, old, new, code, where):
    assert old in text
    found = _codes(text.replace(old, new, 1))
    assert code in found
    assert found[code] == where or code == "procedure.source_without_text"


_WINDOW = """
[windows.ask]
is = "30 calendar_day"
remind_after = "25 calendar_day"
then = "return_unanswered"
source = "house"

[ends.unanswered]
name = { vi = "Trả lại", en = "Returned unanswered" }
state = "stopped"
outcome = "stopped"

[moves.ask]
name = { vi = "Yêu cầu", en = "Ask" }
kind = "supplement"
from = "sign"

[moves.answer]
name = { vi = "Bổ sung", en = "Answer" }
kind = "answer"
from = "sign"
by = ["applicant"]

[moves.return_unanswered]
name = { vi = "Trả lại", en = "Return" }
kind = "stop"
from = "sign"
to = "unanswered"
by = ["house"]
reason = true

[apology]
is = "1 calendar_day"
source = "decree"

[moves.apologise]
name = { vi = "Xin lỗi", en = "Apologise" }
kind = "apologise"
from = "sign"
reason = true
at_most = 1
letter = "form01"

[letters]"""


def test_a_window_and_an_apology_have_no_fault(text):
    assert _codes(text.replace("[letters]", _WINDOW)) == {}


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("windows.ask", "windows.issue", "procedure.window_without_request", "windows.issue"),
        ('then = "return_u', 'then = "x', "procedure.window_returns_nothing", "windows.ask"),
        ('by = ["house"]', 'by = ["leader"]', "procedure.window_returns_nothing", "windows.ask"),
        ('["house"]', '["house", "leader"]', "procedure.house_move", "moves.return_unanswered"),
        ("25 calendar", "30 calendar", "procedure.window_reminder", "windows.ask"),
        ("25 calendar_day", "5 month", "procedure.window_reminder", "windows.ask"),
        ('"1 calendar_day"\nsource = "decree"', '"1 month"', "procedure.no_source", "apology"),
        (_WINDOW[_WINDOW.index("[apology]") : _WINDOW.index("[moves.apologise]")], "",
         "procedure.apology_undated", "moves.apologise"),
    ],
)  # fmt: skip
def test_each_fault_of_a_window_is_found(text, old, new, code, where):
    whole = text.replace("[letters]", _WINDOW)
    assert old in whole
    assert _codes(whole.replace(old, new, 1))[code] == where


def test_a_same_day_duty_fits_into_a_day(text):
    same_day = text.replace("0.5 working_day", "same_day")
    assert _codes(same_day) == {}
    assert set(_codes(same_day.replace("hours = 4", "hours = 9"))) == {
        "procedure.same_day_too_long"
    }


def test_a_limit_in_calendar_days_is_not_added_up(text):
    assert _codes(text.replace("0.5 working_day", "20 calendar_day")) == {}


_SECTIONS = """
[sections.who]
vi = "Ai"
en = "Who"
fields = ["name", "story", "count", "price", "day", "kind", "agreed"]

[sections.where]
vi = "Ở đâu"
en = "Where"
fields = ["phone", "number", "tax", "email", "address", "licence"]
"""


def test_sections_that_hold_every_field_in_order_have_no_fault(text):
    assert _codes(text + _SECTIONS) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (', "licence"', ""),
        ('"email", "address"', '"address", "email"'),
        ('"phone"', '"name", "phone"'),
        ('"phone"', '"moon"'),
        ('"licence"', '"licence", "moon"'),
    ],
)
def test_sections_that_leave_out_turn_or_make_up_a_field_are_faulty(text, old, new):
    found = _codes(text + _SECTIONS.replace(old, new))
    assert found == {"procedure.section_order": "sections"}
