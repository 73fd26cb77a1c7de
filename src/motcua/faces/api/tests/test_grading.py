"""Restricting a dossier over the API, and opening it again."""

from __future__ import annotations

import pytest

from motcua.faces.api.tests.conftest import error


@pytest.fixture
def held(api):
    return api.world.to("appraise")


def grade(api, held, who="specialist", *, key="k", **changes):
    sent = {"grade": "restricted", "reason": "Đời tư của trẻ em", **changes}
    return api.post(f"/dossiers/{held.code}/grade", sent, who, key=key)


def test_who_holds_it_restricts_it_once_and_opens_it_again(api, held):
    first, again = (grade(api, held, revision=held.revision) for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json())
    assert again["Idempotency-Replayed"] == "true"
    error(api.get(f"/dossiers/{held.code}", "leader"), 404)
    assert grade(api, held, key="o", grade="normal").status_code == 200
    assert api.get(f"/dossiers/{held.code}", "leader").status_code == 200


def test_a_head_who_shut_themself_out_finds_nothing_any_more(api, held):
    assert grade(api, held, "leader").status_code == 200
    assert error(grade(api, held, "leader"), 404)["code"] == "dossiers.not_found"


@pytest.mark.parametrize(
    ("who", "changes", "status", "code"),
    [
        ("counter", {}, 403, "dossiers.not_yours_to_grade"),
        ("specialist", {"reason": " "}, 422, "dossiers.grade_unexplained"),
        ("specialist", {"grade": "normal"}, 409, "dossiers.grade_unchanged"),
        ("specialist", {"revision": 0}, 409, "dossiers.stale"),
        ("specialist", {"grade": "mat"}, 422, "input.choice"),
        ("other_head", {}, 404, "dossiers.not_found"),
        (None, {}, 401, "api.sign_in"),
    ],
)
def test_it_is_refused_by_name(api, held, who, changes, status, code):
    told = error(grade(api, held, who, **changes), status)
    assert code in {told["code"], *(one["code"] for one in told["fields"].values())}
