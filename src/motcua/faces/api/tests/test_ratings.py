"""Ratings over the API: recorded once at the counter, read by heads, and small counts by nobody."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.now import now
from motcua.core.ratings.actions import rate
from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.models import Rating
from motcua.core.ratings.queries import months
from motcua.faces.api.tests.conftest import error

MARKS = {one.key: 2 for one in criteria().criteria if not one.of_agency}
FIRST = next(iter(MARKS))
PHONE = {"X-Phone": "0912345678"}


@pytest.fixture
def done(api):
    return api.world.to("returned")


def send(api, done, who="counter", *, marks=MARKS, key="k", **headers):
    sent = {"marks": marks, "comment": "Nhanh."}
    return api.post(f"/dossiers/{done.code}/rating", sent, who, key=key, **headers)


def test_the_criteria_are_open_to_everybody(api):
    told = api.get("/ratings/criteria").json()
    assert [one["key"] for one in told["criteria"]] == [one.key for one in criteria().criteria]


def test_the_counter_records_a_rating_once(api, done):
    first, again = (send(api, done) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert error(send(api, done, key="other"), 409)["code"] == "ratings.rated_already"
    assert Rating.objects.get().channel == "counter"


def test_the_applicant_rates_by_number_and_phone(api, done):
    assert send(api, done, None, **PHONE).status_code == 201
    assert Rating.objects.get().channel == "online"
    error(send(api, done, None, key="x", **{"X-Phone": "0900000000"}), 404)


@pytest.mark.parametrize(
    ("who", "marks", "status", "code"),
    [
        ("leader", MARKS, 403, "ratings.not_the_rater"),
        ("police", MARKS, 404, "dossiers.not_found"),
        (None, MARKS, 404, "dossiers.not_found"),
        ("counter", {}, 422, "ratings.mark_missing"),
        ("counter", {**MARKS, FIRST: 3}, 422, "input.range"),
        ("counter", {**MARKS, "shoe": 1}, 422, "ratings.unknown_criterion"),
    ],
)
def test_it_is_refused_by_name(api, done, who, marks, status, code):
    told = error(send(api, done, who, marks=marks), status)
    assert code in {told["code"], *(one["code"] for one in told["fields"].values())}
    assert not Rating.objects.exists()


def test_nothing_is_rated_before_its_result(api):
    refused = send(api, api.world.to("appraise"))
    assert error(refused, 409)["code"] == "ratings.no_result_yet"


def test_a_key_needs_the_scope_rate(api, done):
    refused = send(api, done, None, **api.key("counter", "read", "move", "till", "staff"))
    assert error(refused, 403)["code"] == "api.scope_missing"


@pytest.mark.parametrize(("least", "shown"), [(1, True), (2, False)])
def test_a_head_reads_months_and_small_counts_are_hidden(api, done, settings, least, shown):
    settings.MOTCUA_RATINGS_SHOWN_FROM = least
    settings.MOTCUA_RATING_CHANGE_DAYS = 0
    first = months(api.world.officers["leader"], api.world.department.pk, now())[0].first
    at = datetime.datetime.combine(first, datetime.time(5), datetime.UTC)
    Dossier.objects.filter(pk=done.dossier_id).update(finished_at=at)
    actor = api.world.applicant(done)
    rate(actor=actor, at=at, dossier_id=done.dossier_id, marks=MARKS, comment="Nhanh.", key=None)
    told = api.get("/ratings?agency=H26.12", "leader").json()
    assert (told["shown_from"], told["months"][0]["first_day"]) == (least, first.isoformat())
    month = told["months"][0]
    assert (month["count"], month["comments"]) == ((1, ["Nhanh."]) if shown else (None, []))
    assert [one["points"] for one in month["averages"]][:1] == ([2.0] if shown else [])


def test_figures_are_for_heads(api):
    for who, asked in (("specialist", ""), ("other_head", "?agency=H26.12")):
        assert error(api.get(f"/ratings{asked}", who), 403)["code"] == "ratings.not_the_head"
