"""A dossier is rated once by its applicant, who may think again; nobody is told who said what."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest

from motcua.core.access.actors import PUBLIC
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.situation import NotFound, read
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.idempotency.keys import KeyReused
from motcua.core.ledger.models import Entry
from motcua.core.ratings.models import Mark, Rating
from motcua.core.ratings.queries import headed, months, own_rating, why_not
from motcua.core.ratings.reconcile import check_ratings
from motcua.core.ratings.rules import (
    ChangeOver,
    NoResultYet,
    NotTheHead,
    NotTheRater,
    RatedAlready,
)
from motcua.core.ratings.tests.conftest import MARKS
from motcua.core.sql import reading
from motcua.kernel.errors import Invalid

WORSE = {**MARKS, "attitude": 0}


def sound() -> bool:
    return [*check_state(), *check_ratings()] == []


def test_an_applicant_rates_and_reads_it_again(world, returned, give):
    before = Dossier.objects.get(pk=returned.dossier_id)
    give(returned, WORSE, comment="Chờ lâu quá")
    snapshot = read(reading(), returned.dossier_id)
    own = own_rating(world.applicant(returned), snapshot, MONDAY)
    assert own is not None
    assert (dict(own.marks), own.comment, own.channel) == (WORSE, "Chờ lâu quá", "online")
    assert snapshot.revision == before.revision
    assert sound()


def test_the_ledger_holds_neither_marks_nor_words(returned, give):
    give(returned, WORSE, comment="Chờ lâu quá")
    body = Entry.objects.get(act="rated").body
    assert "attitude" not in body
    assert "Chờ" not in body
    assert json.loads(body)["data"]["binds"] == ["ratings.marks", "ratings.comment"]


def test_it_is_changed_within_the_window_and_what_stood_before_stays(returned, give):
    give(returned)
    give(returned, WORSE, hours=24 + 7 * 24 - 1)
    rows = Rating.objects.order_by("pk")
    assert [row.replaced_seq is None for row in rows] == [False, True]
    assert rows[0].first_at == rows[1].first_at
    assert Mark.objects.filter(rating=rows[1], criterion="attitude").get().points == 0
    assert sound()
    with pytest.raises(ChangeOver):
        give(returned, hours=24 + 7 * 24)


def test_nothing_is_rated_before_its_result(world, give):
    done = world.to("appraise")
    with pytest.raises(NoResultYet):
        give(done)
    ready = world.to("hand_back", applicant={"name": "Lê Thị Lan", "phone": "0912345679"})
    give(ready, hours=10)
    with pytest.raises(NoResultYet):
        give(ready, who="counter", hours=10)


def test_what_was_withdrawn_is_not_rated(world, give):
    filed = world.file()
    gone = world.move(filed, world.applicant(filed), "withdraw", reason="Đổi ý")
    with pytest.raises(NoResultYet):
        give(gone)


def test_the_counter_asks_once_and_the_applicant_may_change_it(returned, give):
    give(returned, who="counter", hours=7)
    with pytest.raises(RatedAlready):
        give(returned, who="counter", hours=8)
    give(returned, WORSE)
    assert [row.channel for row in Rating.objects.order_by("pk")] == ["counter", "online"]
    assert Entry.objects.filter(act="rated").count() == 2
    assert sound()


@pytest.mark.parametrize("who", ["unit_head", "leader"])
def test_no_other_officer_rates(returned, give, who):
    with pytest.raises(NotTheRater):
        give(returned, who=who)


def test_who_may_not_see_the_dossier_is_told_of_none(world, returned, give):
    with pytest.raises(NotFound):
        give(returned, who="other_head")
    snapshot = read(reading(), returned.dossier_id)
    for actor in (world.officers["other_head"], PUBLIC):
        with pytest.raises(NotFound):
            own_rating(actor, snapshot, MONDAY)
        with pytest.raises(NotFound):
            why_not(actor, snapshot, MONDAY)


def test_officers_are_not_told_what_an_applicant_gave(world, returned, give):
    give(returned, comment="Tốt")
    snapshot = read(reading(), returned.dossier_id)
    for who in ("counter", "unit_head", "leader"):
        assert own_rating(world.officers[who], snapshot, MONDAY) is None


def test_a_faulty_rating_leaves_nothing(returned, give):
    with pytest.raises(Invalid):
        give(returned, {"attitude": 5})
    assert not Rating.objects.exists()
    assert not Entry.objects.filter(act="rated").exists()


def test_a_repeat_gives_the_first_answer(returned, give):
    first = give(returned, key="k")
    again = give(returned, key="k", hours=30)
    assert (again.entry, again.repeated) == (first.entry, True)
    assert Rating.objects.count() == 1
    with pytest.raises(KeyReused):
        give(returned, WORSE, key="k")


def rated(world, give, count: int, *, words: str = "") -> None:
    for number in range(count):
        applicant = {"name": "Trần Văn Thử", "phone": f"09123456{number:02}"}
        marks = {**MARKS, "attitude": number % 2}
        give(world.to("returned", applicant=applicant), marks, comment=words)


DECEMBER = datetime.datetime(2026, 12, 9, 5, tzinfo=datetime.UTC)


def test_a_head_reads_months_that_are_final_and_large_enough(world, give):
    rated(world, give, 5, words="Nhanh")
    leader, agency_id = world.officers["leader"], world.department.pk
    early = months(leader, agency_id, DECEMBER - datetime.timedelta(days=2))
    assert early[0].first == datetime.date(2026, 10, 1)
    latest, before, *_ = months(leader, agency_id, DECEMBER)
    assert (latest.first, latest.count) == (datetime.date(2026, 11, 1), 5)
    points = {one.criterion.key: one.points for one in latest.averages}
    assert (str(points["attitude"]), str(points["contacts"]), points["online"]) == (
        "0.4",
        "2.0",
        None,
    )
    assert latest.total is None  # nobody judged what belongs to the agency
    assert latest.comments == ("Nhanh",) * 5
    assert before.count is None


def test_the_sum_of_all_nine_has_a_word(world, give):
    for number in range(5):
        applicant = {"name": "Trần Văn Thử", "phone": f"09123456{number:02}"}
        full = {**MARKS, "one_stop": 2, "feedback": 1, "online": 1}
        give(world.to("returned", applicant=applicant), full)
    latest = months(world.officers["leader"], world.department.pk, DECEMBER)[0]
    assert latest.total is not None
    assert latest.band is not None
    assert (str(latest.total), latest.band.key) == ("16.0", "excellent")


def test_fewer_than_the_least_number_show_nothing(world, give, settings):
    rated(world, give, 4, words="Chậm")
    latest = months(world.officers["leader"], world.department.pk, DECEMBER)[0]
    assert (latest.count, latest.averages, latest.comments) == (None, (), ())
    settings.MOTCUA_RATINGS_SHOWN_FROM = 4
    assert months(world.officers["leader"], world.department.pk, DECEMBER)[0].count == 4


def test_months_are_for_heads_of_the_agency_or_above(world):
    for who in ("counter", "specialist", "other_head"):
        with pytest.raises(NotTheHead):
            months(world.officers[who], world.department.pk, DECEMBER)
    on = MONDAY.date()
    assert [one.id for one in headed(world.officers["unit_head"], on)] == [world.department.pk]
    assert headed(world.officers["leader"], on)[0].id == world.city.pk
    assert headed(world.officers["counter"], on) == []


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Mark, {"points": 1}),
        (Mark, {"criterion": "colour"}),
        (Rating, {"comment": "Khác"}),
        (Rating, {"comment": "", "comment_salt": b""}),
        (Rating, {"agency_id": 1}),
        (Rating, {"replaced_seq": None}),
        (Rating, {"channel": "counter"}),
        (Rating, {"first_at": MONDAY}),
        (Rating, {"recorded_at": MONDAY}),
    ],
)
def test_a_row_changed_by_hand_is_found(returned, give, model, change):
    give(returned, comment="Tốt")
    give(returned, WORSE, hours=30, comment="Khá")
    assert sound()
    model.objects.filter(pk=model.objects.order_by("pk")[0].pk).update(**change)
    assert [*check_ratings()] != []


def test_a_row_removed_by_hand_is_found(returned, give):
    give(returned)
    Mark.objects.all().delete()
    assert [*check_ratings()] != []
    Rating.objects.all().delete()
    assert [*check_ratings()] != []


def test_a_counter_whose_officer_is_the_applicant_has_no_hand_in_it(world, returned, give):
    own = replace(world.officers["counter"], barred=frozenset({world.applicant(returned).party_id}))
    world.officers["counter"] = own
    with pytest.raises(NotFound):
        give(returned, who="counter")
