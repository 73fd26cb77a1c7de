"""The procedures of the one-stop: publishable, true to their sources, and walkable."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.procedures import queries
from motcua.core.procedures.actions import publish, seed
from motcua.core.procedures.declaration import Declaration, Mark
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.kernel.calendar import Unit
from motcua.kernel.flow.definition import ClockOp, Kind, Marking
from motcua.kernel.flow.effects import ClockMoved, CodeGiven, Ended, LetterDue, MessageDue
from motcua.kernel.flow.engine import LegsMissing, Order, Unpaid, UsedUp, apply, refusal, start
from motcua.kernel.flow.paths import clocked_path, main_path, minutes

SYSTEM = load("motcua.systems.one_stop")
AT = datetime.datetime(2026, 11, 23, 2, tzinfo=datetime.UTC)
DAY = 480


def _declared(code: str) -> Declaration:
    return read(SYSTEM.procedures[f"{code}.toml"], system="one_stop")


COPIES, LICENCE, PICTURES = (_declared(code) for code in ("2.000815", "1.003633", "1.003888"))


@pytest.fixture(autouse=True)
def _forgetful():
    queries.clear()
    yield
    queries.clear()


def _walk(declaration: Declaration, *moves: str | Order) -> tuple[Marking, list[object]]:
    marking, told = start(declaration.flow)
    effects = list(told)
    for move in moves:
        order = move if isinstance(move, Order) else Order(move, reason="lý do")
        marking, told = apply(declaration.flow, marking, order)
        effects += told
    return marking, effects


def _letters(effects: list[object]) -> list[str]:
    return [effect.letter for effect in effects if isinstance(effect, LetterDue)]


@pytest.mark.parametrize("name", sorted(SYSTEM.procedures))
def test_no_page_of_a_form_asks_ten_questions(name):
    told = read(SYSTEM.procedures[name], system="one_stop")
    pages = [len(one.fields) for one in told.sections] or [len(told.fields)]
    assert max(pages) < 10


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(SYSTEM.procedures))
def test_every_procedure_is_published_without_faults(name):
    told = read(SYSTEM.procedures[name], system="one_stop")
    for part in told.parts:  # what a procedure opens is in force before it
        seeded = seed(system="one_stop", text=SYSTEM.procedures[f"{part.procedure}.toml"], at=AT)
        publish(version=seeded.version_id, actor="system:seed", at=AT)
    drafted = seed(system="one_stop", text=SYSTEM.procedures[name], at=AT)
    done = publish(version=drafted.version_id, actor="system:seed", at=AT)
    assert queries.current(name.removesuffix(".toml")).version_id == done.version_id


@pytest.mark.django_db
def test_seeding_again_changes_nothing():
    for text in SYSTEM.procedures.values():
        seed(system="one_stop", text=text, at=AT)
    assert not any(
        seed(system="one_stop", text=text, at=AT).changed for text in SYSTEM.procedures.values()
    )


@pytest.mark.parametrize("name", sorted(SYSTEM.procedures))
def test_the_file_is_named_after_its_code(name):
    assert f"{read(SYSTEM.procedures[name], system='one_stop').code}.toml" == name


def test_there_are_twelve_of_every_field_of_the_department_and_of_the_communes():
    told = [read(text, system="one_stop") for text in SYSTEM.procedures.values()]
    filed = [one for one in told if {"public", "counter"} & {*one.channels}]
    groups = {one.group.vi for one in filed}
    assert len(filed) >= 12
    assert groups >= {"Bưu chính", "Báo chí", "Viễn thông và Internet", "Hộ tịch", "Chứng thực"}
    assert {unit for one in filed if one.limit for unit in [one.limit.unit]} == {
        Unit.SAME_DAY,
        Unit.WORKING_DAY,
        Unit.CALENDAR_DAY,
    }


OTHERWISE = {Kind.APOLOGISE, Kind.REOPEN}


@pytest.mark.parametrize("name", sorted(SYSTEM.procedures))
def test_what_lasts_longer_than_a_day_is_apologised_for_reopened_and_returned_unanswered(name):
    told = read(SYSTEM.procedures[name], system="one_stop")
    if told.complaint or told.parts:  # the law of complaints is another; parts have their own
        return
    if told.inward:  # a duty of the office has no applicant to apologise to
        return
    kinds = {move.kind for move in told.flow.moves}
    if told.limit is not None and told.limit.unit is Unit.SAME_DAY:
        assert not kinds & OTHERWISE
        assert not told.windows
    else:
        assert kinds >= OTHERWISE
        assert [window.key for window in told.windows] == ["ask"]


@pytest.mark.parametrize("code", ["1.003725", "1.009374", "9.000015"])
def test_what_was_not_answered_is_returned_by_the_house_and_may_be_reopened(code):
    told = _declared(code)
    marking, effects = _walk(told, "receive", "assign", "ask", "return_unanswered")
    assert marking.at == "unanswered"
    assert {LetterDue("form03"), MessageDue("unanswered")} <= {*effects}
    marking, effects = _walk(told, "receive", "assign", "ask", "return_unanswered", "reopen")
    assert marking.at == "appraise"
    assert ClockMoved(ClockOp.RESTART) in effects


def test_a_code_known_from_memory_says_so():
    marks = [one.sources["code"].mark for one in (COPIES, LICENCE, PICTURES)]
    assert marks == [Mark.CONFIRMED, Mark.CONFIRMED, Mark.UNCONFIRMED]


@pytest.mark.parametrize("name", sorted(SYSTEM.procedures))
def test_hours_without_a_source_are_marked_sample(name):
    assert read(SYSTEM.procedures[name], system="one_stop").sources["hours"].mark is Mark.SAMPLE


MAST, AGAIN = _declared("9.000015"), _declared("1.005442")


def test_the_published_parts_of_a_mast_are_three_ten_and_two_days():
    parts = (("assign", "appraise"), ("inspect",), ("approve", "issue"))
    assert [minutes(MAST.flow, part) / DAY for part in parts] == [3, 10, 2]


def test_while_the_fee_is_awaited_the_clock_stands_still_and_nothing_goes_on():
    marking, effects = _walk(AGAIN, "receive", "assign", "ask_fee")
    assert AGAIN.flow.step[marking.at].state == "fee_wait"
    assert ClockMoved(ClockOp.PAUSE) in effects
    owing = Order("fee_paid", owing=True)
    assert isinstance(refusal(AGAIN.flow, marking, owing), Unpaid)
    marking, effects = apply(AGAIN.flow, marking, Order("fee_paid"))
    assert (marking.at, effects[1]) == ("check", ClockMoved(ClockOp.RESUME))


def test_copies_are_certified_the_same_day_and_at_the_counter_only():
    assert COPIES.limit is not None
    assert (COPIES.limit.unit, COPIES.late_after) == (Unit.SAME_DAY, datetime.time(15))
    assert COPIES.channels == ("counter",)


def test_certified_copies_take_three_moves_and_no_receipt():
    marking, effects = _walk(COPIES, "receive", "issue", "return")
    assert marking.at == "returned"
    assert _letters(effects) == ["result"]


def test_the_full_path_of_a_licence():
    path = ["receive", "assign", "submit", "endorse", "approve", "issue", "return"]
    marking, effects = _walk(LICENCE, *path)
    assert effects[-1] == Ended("returned", "granted")
    assert effects.count(CodeGiven()) == 1
    assert _letters(effects) == ["form01", "result"]
    assert main_path(LICENCE.flow)[-1] == marking.at


def test_a_supplement_is_asked_for_once_only():
    marking, _ = _walk(LICENCE, "receive", "assign", "ask", "answer")
    assert isinstance(refusal(LICENCE.flow, marking, Order("ask", reason="x")), UsedUp)


def test_before_reception_more_may_be_asked_for_without_a_clock():
    marking, effects = _walk(LICENCE, "ask_before", "answer_before", "ask_before")
    assert marking.waiting
    assert _letters(effects) == ["form02", "form02"]


def test_a_waiting_dossier_that_is_handed_over_can_still_be_answered():
    marking, _ = _walk(LICENCE, "receive", "assign", "ask", "hand_over", "answer")
    assert (marking.at, marking.waiting) == ("assign", False)


@pytest.mark.parametrize("declaration", [LICENCE, PICTURES], ids=lambda one: one.code)
def test_an_applicant_may_withdraw_until_the_result_is_there(declaration):
    move = declaration.flow.move["withdraw"]
    assert set(move.sources) == set(declaration.flow.step) - {"return"}


def test_the_department_has_six_days_and_the_city_four():
    steps = clocked_path(PICTURES.flow)
    city = [key for key in steps if PICTURES.flow.step[key].agency == "superior"]
    own = [key for key in steps if key not in city]
    days = [minutes(PICTURES.flow, tuple(keys)) / DAY for keys in (own, city)]
    assert days == [6, 4]


BOTH = Order("consult", legs=("city_police", "external_affairs"))
REPLIES = (Order("reply", leg=1, reason="đồng ý"), Order("reply", leg=2, reason="đồng ý"))


def _consulted() -> Marking:
    return _walk(PICTURES, "receive", "assign", BOTH)[0]


@pytest.mark.parametrize("asked", [(), ("city_police",)])
def test_pictures_need_two_opinions(asked):
    orders = [Order("consult", legs=asked), REPLIES[0]] if asked else []
    marking, _ = _walk(PICTURES, "receive", "assign", *orders)
    for move in ("submit", "submit_late"):
        assert isinstance(refusal(PICTURES.flow, marking, Order(move, reason="x")), LegsMissing)


def test_two_opinions_are_joined():
    marking = _consulted()
    assert refusal(PICTURES.flow, marking, Order("submit")) is not None
    for leg in marking.legs:
        marking, _ = apply(PICTURES.flow, marking, Order("reply", leg=leg.number, reason="đồng ý"))
    assert refusal(PICTURES.flow, marking, Order("submit")) is None


def test_late_opinions_do_not_hold_a_dossier_up():
    marking = _consulted()
    late = frozenset(leg.number for leg in marking.legs)
    assert refusal(PICTURES.flow, marking, Order("submit_late", reason="x")) is not None
    order = Order("submit_late", reason="x", late_legs=late)
    assert apply(PICTURES.flow, marking, order)[0].at == "check"


def test_the_city_consents_and_the_department_issues():
    path = ["receive", "assign", BOTH, *REPLIES, "submit", "endorse", "propose"]
    city = ["city_assign", "city_submit", "city_approve"]
    marking, effects = _walk(PICTURES, *path, *city, "issue", "return")
    assert (marking.at, effects[-1]) == ("returned", Ended("returned", "granted"))
    assert PICTURES.flow.step["issue"].agency == "receiving"
