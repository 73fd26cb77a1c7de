"""Applicants of what passed on are told both agencies: once a reform, and none without cause."""

from __future__ import annotations

import json

from django.db import transaction

from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.exchange.models import Message
from motcua.core.reform.effect import come_into_force
from motcua.core.reform.moving import take_over
from motcua.core.reform.rules import Succession
from motcua.core.reform.tests.city import OTHER, WARD, dawn, findings, unaware

POLICE, EXTERNAL = "H26.20", "H26.09"
TOPICS = ("held_by_heir", "served_by_heir")


def told(done=None) -> list[tuple[str, str]]:
    """Topic and words of what applicants were told of reforms."""
    rows = Message.objects.filter(topic__in=TOPICS).order_by("pk")
    rows = rows.filter(dossier=done.dossier_id) if done else rows
    return [(row.topic, json.loads(row.payload)["text"]) for row in rows]


def test_the_applicant_is_told_both_agencies_the_code_and_the_promised_day(city):
    done = city.world.to("appraise")
    city.reform()
    [(topic, text)] = told(done)
    vi, en = text.split("\n\n")
    promised = f"{Dossier.objects.get().promised_at.astimezone(dawn().tzinfo):%d/%m/%Y}"
    assert topic == "held_by_heir"
    for words in (done.code, "UBND phường Ba Đình", "UBND quận Ba Đình", promised, "giữ nguyên"):
        assert words in vi
    assert done.code in en
    assert "Ba Đình ward" in en
    row = Message.objects.get(topic=topic)
    assert (row.receiver, row.channel) == (f"party:{Dossier.objects.get().applicant_id}", "notice")


def test_where_nothing_is_promised_yet_no_day_is_told(city):
    done = city.world.file()
    city.reform()
    [(_, text)] = told(done)
    assert "ngày hẹn trả giữ nguyên" in text
    assert done.lookup in text


def test_where_only_the_counter_changes_the_applicant_is_told_of_the_counter(city):
    done = city.world.to("approve")  # with the city, which stays
    city.reform()
    [(topic, text)] = told(done)
    assert topic == "served_by_heir"
    assert "UBND phường Ba Đình nhận giấy tờ và trả kết quả thay UBND quận Ba Đình" in text


def test_whose_opinion_is_asked_is_no_message(city):
    done = city.world.to("appraise")
    city.world.move(done, "specialist", "consult", legs=("police",), reason="Hỏi.", hours=5)
    assert city.reform(Succession(POLICE, EXTERNAL)).moved == 1
    assert told() == []


def test_each_dossier_has_one_message_and_a_second_run_sends_none(city):
    for _ in range(3):
        city.world.take_in()
    row = city.plan()
    for _ in range(2):
        city.run(row)
    sent = Message.objects.filter(topic__in=TOPICS).values_list("dossier", flat=True)
    assert len(told()) == len({*sent}) == 3


def test_what_comes_back_to_an_ended_agency_is_told_no_second_time(city):
    done = city.world.to("appraise")
    row = city.plan()
    city.run(row)
    district = city.world.department.pk  # as a process sends it that does not know of the reform
    Dossier.objects.update(holding_agency=district)
    WorkItem.objects.filter(ended_at=None).update(agency=district)
    assert city.run(row).moved == 1
    assert len(told(done)) == 1


def test_what_was_received_at_an_ended_agency_late_is_told_when_it_passes_on(city):
    row = city.plan()
    city.run(row)
    with unaware():
        done = city.world.take_in()
    city.run(row)
    assert len(told(done)) == 1
    assert findings() == []


def test_a_second_reform_tells_again_who_goes_on(city):
    done = city.world.take_in()
    city.reform()
    city.on = city.on.replace(day=23)
    city.reform(Succession(WARD, OTHER), at=dawn(city.on.replace(day=17)))
    texts = [text for _, text in told(done)]
    assert len(texts) == 2
    assert "thay UBND phường Ba Đình" in texts[1]


def test_an_act_that_is_undone_leaves_no_message(city):
    done = city.world.take_in()
    row = city.plan()
    come_into_force(at=dawn(), reform_id=row.pk)
    with transaction.atomic():
        take_over(at=dawn(), dossier_id=done.dossier_id, reform_id=row.pk)
        assert len(told(done)) == 1
        transaction.set_rollback(True)
    assert told(done) == []
    assert city.run(row).moved == len(told(done)) == 1
