"""Rounds against numbers: opened from sightings once, one round at a time, letters and answers."""

from __future__ import annotations

import json

import pytest

from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.erased import NO_FIELDS
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.ledger.models import Entry
from motcua.core.official import content, moving
from motcua.systems.antispam import actions, queries
from motcua.systems.antispam.models import Case, CaseSighting, Letter
from motcua.systems.antispam.rules import (
    AnswersFaulty,
    LetterNotIssued,
    LetterNotSent,
    NobodySigns,
    NoLetter,
    Opened,
)

A, B, C = "0912345678", "0971234567", "0912345679"


def test_sightings_of_a_number_become_one_case(desk):
    desk.see()
    desk.see(place="Tường số 9 phố Mẫu", seen_on="2026-10-31", text="")
    desk.see("01681234567", kind="spam", place="Tin nhắn")
    assert desk.open() == Opened(cases=2, sightings=3)
    first, second = Case.objects.order_by("pk")
    told = json.loads(Dossier.objects.get(pk=first.dossier_id).fields)
    assert told["place"] == "Cột điện số 1 phố Mẫu\nTường số 9 phố Mẫu"
    assert (told["text"], told["seen_on"]) == ("Khoan cắt bê tông", "2026-10-31")
    assert (told["operator"], told["round"]) == ("vnpt", 1)
    assert second.number == "+84381234567"


def test_opening_again_opens_nothing(desk):
    desk.see()
    desk.open()
    entries = Entry.objects.count()
    assert desk.open() == Opened(cases=0, sightings=0)
    assert Entry.objects.count() == entries


def test_a_number_seen_again_joins_its_open_round_or_begins_the_next(desk):
    desk.see()
    desk.open()
    desk.see(place="Chỗ khác")
    assert desk.open() == Opened(cases=0, sightings=1)
    case = Case.objects.get()
    desk.move(case, "reject")
    desk.see(place="Chỗ thứ ba")
    assert desk.open() == Opened(cases=1, sightings=1)
    assert list(Case.objects.order_by("round").values_list("round", flat=True)) == [1, 2]
    assert CaseSighting.objects.filter(case=case).count() == 2


def test_only_who_deals_with_numbers_opens_cases(desk):
    desk.see()
    for who in ("unit_head", "other_specialist"):
        with pytest.raises(actions.NotYourCases):
            actions.open_cases(actor=desk.world.officers[who], at=desk.at, agency_id=desk.agency_id)
    assert not Case.objects.exists()


def test_there_is_one_letter_for_each_operator(desk):
    cases = desk.to_ask(A, B, C)
    first, second = desk.draft()
    assert [first.operator, second.operator] == ["viettel", "vnpt"]
    assert [row.number for _, row in queries.lines_of(second)] == [A, C]
    assert queries.kinds_of([first, second]) == {"advert": 3}
    assert desk.draft() == []
    assert {desk.step(case) for case in cases} == {"no_show"}


def test_the_annex_says_what_the_dossiers_say(desk):
    desk.to_ask(A, C)
    [letter] = desk.draft()
    [annex] = content.read(letter.document.content).annexes
    assert [row[1] for row in annex.rows] == [A, C]
    assert annex.rows[0][2:5] == ["Khoan cắt bê tông", "Cột điện số 1 phố Mẫu", "30/10/2026"]
    assert letter.document.dossiers.count() == 2


def test_numbers_of_a_dropped_letter_go_into_a_new_one(desk):
    desk.to_ask(A, C)
    [letter] = desk.draft()
    named = {"document_id": letter.document_id, "name": "drop", "revision": None, "key": None}
    moving.move(actor=desk.actor, at=desk.at, reason="Sai danh sách", **named)
    assert len(queries.to_ask(desk.agency_id)) == 2
    [again] = desk.draft()
    assert [row.number for _, row in queries.lines_of(again)] == [A, C]
    assert desk.draft() == []
    assert [one.code for one in queries.check_cases()] == []
    with pytest.raises(LetterNotIssued):
        desk.send(letter)


def test_an_erased_case_is_a_bare_line_and_counts_no_more(desk):
    case, other = desk.to_ask(A, C)
    [letter] = desk.draft()
    Dossier.objects.filter(pk=case.dossier_id).update(fields=NO_FIELDS)
    assert [(row.number, row.kind) for _, row in queries.lines_of(letter)] == [
        (A, ""),
        (C, "advert"),
    ]
    assert queries.kinds_of([letter]) == {"advert": 1}
    assert desk.step(other) == "no_show"


def test_no_letter_is_drafted_where_nobody_signs(desk):
    desk.to_ask(A)
    Appointment.objects.filter(post="leader").delete()
    with pytest.raises(NobodySigns):
        desk.draft()


def test_a_ported_number_goes_to_the_operator_of_today(desk):
    desk.keep("advert_numbers", {"number": A, "operator": "mobifone", "text": "x"})
    desk.keep("ported_numbers", {"number": C, "operator": "viettel"})
    desk.to_ask(A, C)
    assert [one.operator for one in desk.draft()] == ["mobifone", "viettel"]


def test_a_number_of_no_known_operator_waits(desk):
    desk.to_ask("0888888888")
    assert desk.draft() == []
    desk.keep("ported_numbers", {"number": "0888888888", "operator": "vnpt"})
    assert len(desk.draft()) == 1


def test_a_letter_goes_out_and_its_numbers_with_it(desk):
    cases = desk.to_ask(A, C)
    [letter] = desk.draft()
    with pytest.raises(LetterNotSent):
        desk.answer(letter, ("+84912345678", "suspended"))
    with pytest.raises(LetterNotIssued):
        desk.send(letter)
    assert desk.sent(letter).sent_on == desk.at.date()
    entries = Entry.objects.count()
    desk.send(letter)
    assert Entry.objects.count() == entries
    assert {desk.step(case) for case in cases} == {"requested"}


def test_answers_suspend_or_send_back_and_change_nothing_twice(desk):
    first, second = desk.to_ask(A, C)
    [letter] = desk.draft()
    desk.sent(letter)
    answers = (("+84912345678", "suspended"), ("+84912345679", "ported"))
    assert desk.answer(letter, *answers) == 2
    assert desk.answer(letter, *answers) == 0
    assert (desk.step(first), desk.step(second)) == ("suspended", "no_show")
    [listed] = queries.public_list()
    assert (listed.number, listed.place) == (A, "Cột điện số 1 phố Mẫu")
    desk.keep("ported_numbers", {"number": C, "operator": "viettel"})
    [again] = desk.draft()
    assert again.operator == "viettel"


@pytest.mark.parametrize(
    "answers",
    [
        (("+84912345678", "suspended"), ("+84900000000", "suspended")),
        (("+84912345678", "gone"),),
        (("+84912345678", "suspended"), ("+84912345678", "suspended")),
    ],
)
def test_one_wrong_answer_and_none_is_taken(desk, answers):
    [case] = desk.to_ask(A)
    [letter] = desk.draft()
    desk.sent(letter)
    with pytest.raises(AnswersFaulty):
        desk.answer(letter, *answers)
    assert desk.step(case) == "requested"


def test_a_letter_of_others_is_not_there_and_a_complaint_restores(desk):
    [case] = desk.to_ask(A)
    [letter] = desk.draft()
    with pytest.raises(NoLetter):
        desk.send(Letter(pk=letter.pk + 1))
    desk.sent(letter)
    desk.answer(letter, ("+84912345678", "suspended"))
    desk.move(case, "complain", "uphold", "complain", "restore")
    assert Dossier.objects.get(pk=case.dossier_id).closed
    assert queries.public_list() == []
    desk.see(place="Lại thấy")
    assert desk.open() == Opened(cases=1, sightings=1)


def test_reports_are_counted_by_people_and_decide_nothing(desk):
    told = {"kind": "sms", "source": "0381234567", "received_on": "2026-11-02"}
    for number, (sender, channel, confirmed) in enumerate(
        (
            ("0912000001", "sms_5656", ""),
            ("0912000002", "web", "true"),
            ("0912000002", "web", ""),
            ("0912000003", "web", ""),
            ("", "web", ""),
        )
    ):
        more = {"code": f"w{number}", "sender": sender, "channel": channel, "confirmed": confirmed}
        desk.keep("spam_reports", told | more)
    [found] = queries.scored(desk.actor)
    assert (found.source, found.people, found.others) == ("0381234567", 2, 1)
    assert found.reports == 5
    assert not Case.objects.exists()


def test_places_are_counted_from_the_sightings(desk):
    desk.see()
    desk.see(place="Chỗ khác")
    desk.see(B, street="Phố Hai")
    first, second = queries.by_place()
    assert (first.street, first.sightings, first.numbers) == ("Phố Mẫu", 2, 1)
    assert (second.street, second.sightings, second.numbers) == ("Phố Hai", 1, 1)
    assert queries.by_place(since="2026-11-01") == []


def test_what_is_changed_behind_the_acts_is_found(desk):
    [case] = desk.to_ask(A)
    [letter] = desk.draft()
    desk.sent(letter)
    desk.answer(letter, ("+84912345678", "suspended"))
    assert [*queries.check_cases(), *check_state()] == []
    Case.objects.filter(pk=case.pk).update(round=7)
    letter.items.update(open=True)
    found = [one.code for one in queries.check_cases()]
    assert found == ["state.spam_case", "state.spam_letter"]
