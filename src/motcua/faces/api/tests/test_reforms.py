"""Plans of reforms over the API: drawn, read, decided and undone by who may, once each."""

from __future__ import annotations

import datetime

import pytest
from django.utils.timezone import localtime

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.areas.models import Area, Province, Succession
from motcua.core.now import now
from motcua.core.reform.models import Reform
from motcua.core.reform.tests.city import DISTRICT, OTHER, appointed
from motcua.faces.api.tests.conftest import error

LINES = {"dossiers": 1, "opinions": 0, "records": 0, "posts": 4}


@pytest.fixture
def on() -> str:
    return (localtime(now()).date() + datetime.timedelta(days=30)).isoformat()


@pytest.fixture
def city(api):
    api.world.officers["drawer"] = appointed("drawer", "organiser", api.world.city)
    yield api.world
    forget_tree()


@pytest.fixture
def plan(on) -> dict:
    heirs = [{"ending": DISTRICT, "heir": OTHER, "kind": "merged"}]
    return {"date": on, "document": "12/NQ-HĐND", "heirs": heirs}


@pytest.fixture
def drawn(api, city, plan) -> dict:
    city.take_in()
    answer = api.post("/reforms", plan, "drawer")
    assert answer.status_code == 200, answer.content
    return answer.json()


def decide(api, drawn, who="leader", **told):
    sent = {"digest": told.pop("digest", drawn["digest"])}
    return api.post(f"/reforms/{drawn['reform']}/decide", sent, who, **told)


def test_a_plan_is_drawn_as_a_draft_and_told_with_what_it_would_do(drawn, on):
    assert (drawn["state"], drawn["date"], drawn["planned_at"]) == ("draft", on, None)
    assert drawn["preview"]["lines"] == [{"ending": DISTRICT, "heir": OTHER, **LINES}]
    assert drawn["preview"]["faults"] == []
    [heir] = drawn["plan"]["heirs"]
    assert heir == {
        "ending": DISTRICT,
        "heir": OTHER,
        "kind": "merged",
        "procedures": [],
        "areas": [],
        "share": 0,
    }


def test_what_was_told_can_be_drawn_again(api, city, plan, on):
    told = plan | {
        "officers": [{"number": "second", "heir": OTHER, "new": "counter"}],
        "founds": [
            {
                "code": "H26.77",
                "parent": "H26",
                "tier": "commune",
                "name_vi": "UBND xã Mới",
                "name_en": "New",
                "short_name": "Mới",
            }
        ],
    }
    first = api.post("/reforms", told, "drawer").json()
    again = first["plan"]
    again["founds"] = [{k: v for k, v in again["founds"][0].items() if k != "code_102"}]
    assert api.post("/reforms", again, "drawer").json()["reform"] == first["reform"]


def test_faults_name_the_part_of_the_plan(api, city, plan):
    heirs = [{"ending": DISTRICT, "heir": "H26.99"}]
    told = api.post("/reforms", plan | {"heirs": heirs}, "drawer").json()
    fault = told["preview"]["faults"][0]
    assert (fault["code"], fault["part"], fault["of"]) == (
        "reform.heir_not_there",
        "heir",
        "H26.99",
    )
    refused = error(decide(api, told), 422)
    assert refused["code"] == "input.invalid"


def test_a_request_that_is_sent_twice_is_carried_out_once(api, city, plan):
    first, again = (api.post("/reforms", plan, "drawer", key="k") for _ in range(2))
    assert first.json() == again.json()
    other = api.post("/reforms", plan | {"document": "13/NQ"}, "drawer", key="k")
    assert error(other, 409)["code"] == "idempotency.key_reused"
    assert Reform.objects.count() == 1


def test_a_head_decides_and_undoes_each_once(api, drawn):
    first, again = (decide(api, drawn, key="d") for _ in range(2))
    assert first.json() == again.json()
    assert first.json()["state"] == "planned"
    address = f"/reforms/{drawn['reform']}/undo"
    for _ in range(2):
        assert api.post(address, None, "leader", key="u").json()["state"] == "undone"
    assert error(api.post(address, None, "leader"), 409)["code"] == "reform.in_force"
    assert error(decide(api, drawn), 409)["code"] == "reform.not_a_draft"


def test_who_draws_does_not_decide(api, drawn):
    assert error(decide(api, drawn, "drawer"), 403)["code"] == "reform.not_yours"


def test_what_was_not_seen_is_not_decided(api, drawn):
    assert error(decide(api, drawn, digest="0" * 64), 409)["code"] == "reform.redrawn"


@pytest.mark.parametrize("who", ["unit_head", "counter", "specialist"])
def test_to_others_there_is_no_such_plan(api, drawn, plan, who):
    assert api.get("/reforms", who).json() == {"items": []}
    assert error(api.get(f"/reforms/{drawn['reform']}", who), 404)
    assert error(decide(api, drawn, who), 404)
    assert error(api.post(f"/reforms/{drawn['reform']}/undo", None, who), 404)
    assert error(api.post("/reforms", plan, who), 403)["code"] == "reform.not_a_drawer"
    assert Reform.objects.get().state == "draft"


def test_strangers_and_narrow_keys_are_refused(api, drawn, plan):
    assert error(api.get("/reforms"), 401)
    narrow = api.key("leader", "read")
    sent = api.client.post(
        "/api/v1/reforms",
        plan,
        "application/json",
        headers={**narrow, "Idempotency-Key": "n"},
    )
    assert error(sent, 403)["details"] == {"scope": "reform"}


def test_reading_lists_and_tells_how_far_it_has_come(api, drawn):
    [line] = api.get("/reforms", "leader").json()["items"]
    told = api.get(f"/reforms/{drawn['reform']}", "leader").json()
    assert line.items() <= told.items()
    assert (told["moved"], told["left"], told["in_force_at"]) == (0, 0, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"date": "2027-02-30"},
        {"heirs": []},
        {"document": ""},
        {"document": " "},
        {"heirs": [{"ending": DISTRICT, "heir": OTHER, "share": 101}]},
        {"heirs": [{"ending": DISTRICT, "heir": "a\nb"}]},
        {"founds": [{"code": "H26.77"}]},
    ],
)
def test_what_no_plan_says_is_refused(api, city, plan, wrong):
    assert api.post("/reforms", plan | wrong, "drawer").status_code == 422
    assert not Reform.objects.exists()


def test_a_proposal_is_told_from_what_becomes_of_areas(api, city, on):
    day = datetime.date.fromisoformat(on)
    province = Province.objects.create(code="01", name_vi="Hà Nội", agency_code="H26")
    told = {"province": province, "tier": "commune", "kind": "phường", "source": "x"}
    told["status"] = Area._meta.get_field("status").choices[0][0]
    old = Area.objects.create(**told, unit_id="hn.c.1", code="1", name="Cũ", valid_to=day)
    new = Area.objects.create(**told, unit_id="hn.c.2", code="2", name="Mới", valid_from=day)
    Succession.objects.create(
        date=day,
        legal_ref="NQ",
        old=old,
        new=new,
        share="whole",
        kind="merge",
        main=True,
        source="x",
        status=told["status"],
    )
    Agency.objects.filter(code=DISTRICT).update(area="hn.c.1")
    Agency.objects.filter(code=OTHER).update(area="hn.c.2")
    forget_tree()
    answer = api.get(f"/reforms/proposal?date={on}", "drawer").json()
    assert [(one["ending"], one["heir"]) for one in answer["heirs"]] == [(DISTRICT, OTHER)]
    empty = error(api.get("/reforms/proposal?date=2001-01-01", "drawer"), 422)
    assert empty["code"] == "reform.nothing_ends"
