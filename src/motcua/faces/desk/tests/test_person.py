"""The page of an officer: for themself and their head, and every form on it acts."""

from __future__ import annotations

from motcua.core.agencies.models import Absence, Delegation
from motcua.core.dossiers.models import WorkItem
from motcua.core.people.models import Interest, Officer


def path(desk, who="specialist") -> str:
    return f"/ban/can-bo/{desk.world.officer_id(who)}"


def day(name: str, number: int) -> dict[str, object]:
    return {f"{name}.day": number, f"{name}.month": 11, f"{name}.year": 2026}


def post(desk, who, do, *, of="specialist", **sent):
    return desk.as_(who).post(path(desk, of), {"do": do, "key": f"{do}-1", **sent})


def test_only_the_officer_and_their_heads_open_it(desk):
    assert desk.get("specialist", path(desk)).status_code == 200
    assert desk.get("leader", path(desk)).status_code == 200
    for who in ("second", "other_head"):
        assert desk.get(who, path(desk)).status_code == 404
        assert post(desk, who, "leave").status_code == 404
    assert desk.get("leader", "/ban/can-bo/999999").status_code == 404


def test_a_head_sees_the_work_and_gives_it_on(desk):
    done = desk.received()
    item = WorkItem.objects.get(ended_at=None)
    assert done.code in desk.get("unit_head", path(desk)).content.decode()
    desk.at(3)
    to = desk.world.officer_id("second")
    sent = {"work": item.pk, "to": to}
    refused = post(desk, "unit_head", "give", **sent)
    assert refused.status_code == 422
    assert "lý do" in refused.content.decode()
    assert post(desk, "unit_head", "give", reason="Nghỉ.", **sent).status_code == 302
    assert WorkItem.objects.get(ended_at=None).officer_id == to


def test_an_absence_is_recorded_and_ended(desk):
    to = desk.world.officer_id("second")
    days = {**day("away_from", 3), **day("away_until", 4), "stand_in": to}
    assert post(desk, "specialist", "away", **days).status_code == 302
    row = Absence.objects.get()
    assert (row.valid_from.day, row.valid_to.day) == (3, 5)
    told = f"{row.valid_from:%d/%m/%Y} – {row.valid_from.replace(day=4):%d/%m/%Y}"
    assert told in desk.get("specialist", path(desk)).content.decode()
    assert desk.get("second", path(desk, "second")).content.decode().count("KT.") > 1
    assert post(desk, "specialist", "back", absence=row.pk).status_code == 302
    bad = post(desk, "specialist", "away", **{**days, "away_from.day": "x", "key": "b"})
    assert bad.status_code == 422


def test_powers_are_lent_and_taken_back(desk):
    lent = {
        **day("lent_from", 3),
        **day("lent_until", 4),
        "taker": desk.world.officer_id("second"),
        "capacity": "TUQ.",
    }
    assert post(desk, "specialist", "lend", **lent).status_code == 422  # without a document
    assert post(desk, "specialist", "lend", document="1/UQ", **lent).status_code == 302
    row = Delegation.objects.get()
    assert "1/UQ" in desk.get("specialist", path(desk)).content.decode()
    assert post(desk, "specialist", "take_back", delegation=row.pk).status_code == 302


def test_a_declaration_never_shows_its_number(desk):
    sent = {"kind": "relative", "number": "079203004567"}
    assert post(desk, "specialist", "declare", **sent).status_code == 302
    assert "079203004567" not in desk.get("unit_head", path(desk)).content.decode()
    number = Interest.objects.get().pk
    assert post(desk, "specialist", "undeclare", interest=number).status_code == 302
    assert Interest.objects.get().ended


def test_a_head_records_a_leaver_with_a_plan_for_the_work(desk):
    desk.received()
    assert post(desk, "unit_head", "leave", **day("left_on", 5)).status_code == 422
    sent = {**day("left_on", 5), "successor": "post"}
    assert post(desk, "unit_head", "leave", **sent).status_code == 302
    assert Officer.objects.get(pk=desk.world.officer_id("specialist")).left_on.day == 5
