"""Lists, one dossier, work, and the catalogue."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.orders import Handed
from motcua.core.files.store import keep
from motcua.faces.api.tests.conftest import error
from motcua.faces.api.tests.test_lifecycle import through
from motcua.kernel.codes.lookup import make_lookup

NOBODYS = make_lookup(bytes(range(16)))
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def test_a_list_has_its_exact_total(api):
    for _ in range(3):
        api.file()
    page = api.get("/dossiers", "counter").json()
    assert (page["total"], page["page"], page["pages"], len(page["items"])) == (3, 1, 1, 3)


def test_a_list_holds_what_the_caller_may_read(api):
    api.file()
    assert api.get("/dossiers", "other_head").json()["total"] == 0


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("state=submitted", 1),
        ("state=received", 0),
        ("procedure=9.000001", 1),
        ("procedure=9.1", 0),
        ("agency=H26.12", 1),
        ("agency=H26", 0),
        ("open=true", 1),
        ("late=true", 0),
        ("q=nguyen truong", 1),
        ("q=khong co", 0),
        ("page=2", 1),
    ],
)
def test_a_list_is_narrowed(api, query, total):
    api.file()
    assert api.get(f"/dossiers?{query}", "counter").json()["total"] == total


def test_a_look_up_number_is_found(api):
    lookup = api.file()["lookup"]
    api.file()
    found = api.get(f"/dossiers?q={lookup}", "counter").json()
    assert [row["lookup"] for row in found["items"]] == [lookup]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("state=lost", "state", "input.choice"),
        ("page=0", "page", "input.range"),
        ("page=x", "page", "input.type"),
        ("open=perhaps", "open", "input.type"),
        ("stat=received", "stat", "input.unknown"),
        (f"q={'x' * 201}", "q", "input.length"),
    ],
)
def test_a_wrong_filter_is_named(api, query, field, code):
    told = error(api.get(f"/dossiers?{query}", "counter"), 422)
    assert {name: one["code"] for name, one in told["fields"].items()} == {field: code}


@pytest.mark.parametrize("address", ["/dossiers", "/worklist"])
def test_lists_are_for_those_who_signed_in(api, address):
    response = api.get(address)
    assert error(response, 401)["code"] == "api.sign_in"
    assert response["WWW-Authenticate"].startswith("Bearer ")


def test_a_dossier_tells_everything_about_itself(api):
    lookup = api.file(evidence=[{"component": "request", "originals": 2, "name": "Đơn"}])["lookup"]
    response = api.get(f"/dossiers/{lookup}", "counter")
    told = response.json()
    assert response["ETag"] == '"1"'
    assert response["Cache-Control"] == "no-store"
    assert told["fields"] == {"licence": "GP 12", "expires": "2026-12-01"}
    assert told["evidence"][0]["originals"] == 2
    assert told["work"][0]["post"] == "counter"
    assert [one["act"] for one in told["history"]] == ["file"]


def test_a_dossier_is_found_by_its_code(api):
    code = through(api, api.file()["lookup"], until="receive")["code"]
    assert api.get(f"/dossiers/{code}", "counter").json()["code"] == code


def test_moves_say_why_not(api):
    lookup = api.file()["lookup"]
    moves = {one["move"]: one for one in api.get(f"/dossiers/{lookup}", "counter").json()["moves"]}
    assert moves["receive"]["why_not"] is None
    assert moves["turn_away"]["reason"] is True
    assert moves["withdraw"]["why_not"]["code"] == "dossiers.not_yours"


def test_a_move_names_who_may_be_given_the_work(api):
    lookup = api.file()["lookup"]
    through(api, lookup, until="receive")
    told = api.get(f"/dossiers/{lookup}", "unit_head").json()["moves"]
    assert [one["name"] for one in told[0]["officers"]] == ["second", "specialist"]
    mine = api.get(f"/dossiers/{lookup}", **{"X-Phone": "0912345678"}).json()["moves"]
    assert all(one["officers"] == [] for one in mine)


def test_the_personal_number_is_masked(api):
    number = "001099000013"
    applicant = {"name": "Lê An", "phone": "0912345678", "number": number}
    lookup = api.file(applicant=applicant)["lookup"]
    response = api.get(f"/dossiers/{lookup}", "counter")
    assert number not in response.content.decode()
    assert response.json()["applicant"]["number_masked"]


def test_a_masked_reader_is_told_nothing_by_which_a_file_is_known(api, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    stored = keep([b"%PDF-1.4 don"])
    handed = Handed("request", file=stored, name="don-cua-an.pdf", originals=1)
    lookup = api.world.file(evidence=(handed,)).lookup
    clear = api.get(f"/dossiers/{lookup}", "counter").json()
    assert clear["evidence"][0]["file"]["sha256"] == stored.sha256
    masked = api.get(f"/dossiers/{lookup}", "leader")
    (paper,) = masked.json()["evidence"]
    assert (paper["name"], paper["file"]) == ("", None)
    assert {"evidence.name", "evidence.file"} <= set(masked.json()["masked"])
    assert stored.sha256 not in masked.content.decode()


def test_history_names_no_person(api):
    lookup = api.file()["lookup"]
    through(api, lookup, until="receive")
    told = api.get(f"/dossiers/{lookup}", "counter").json()["history"]
    assert [one["actor"] for one in told] == ["public", "officer"]


def test_open_legs_are_told(api):
    lookup = api.file()["lookup"]
    through(api, lookup, until="assign")
    api.move(lookup, "specialist", "consult", legs=["police"], reason="Xin ý kiến")
    told = api.get(f"/dossiers/{lookup}", "police").json()
    assert [(leg["number"], leg["key"], leg["replied"]) for leg in told["legs"]] == [
        (1, "police", False)
    ]
    assert {work["leg"] for work in told["work"]} == {None, 1}
    assert [one["leg"] for one in told["moves"] if one["move"] == "reply"] == [1]


@pytest.mark.parametrize("phone", ["0912345678", "+84912345678"])
def test_the_applicant_reads_by_phone(api, phone):
    lookup = api.file()["lookup"]
    assert api.get(f"/dossiers/{lookup}", **{"X-Phone": phone}).status_code == 200
    assert api.get(f"/dossiers/{lookup}?phone={phone.replace('+', '%2B')}").status_code == 200


def test_every_other_reader_is_told_there_is_none(api):
    lookup = api.file()["lookup"]
    told = [
        api.get(f"/dossiers/{lookup}"),
        api.get(f"/dossiers/{lookup}", "other_head"),
        api.get(f"/dossiers/{lookup}", **{"X-Phone": "0987654321"}),
        api.get(f"/dossiers/{lookup}", **{"X-Phone": "no phone"}),
        api.get("/dossiers/BCFGH-BCFGH", "counter"),
        api.get("/dossiers/BCFGH-BCFGH", **{"X-Phone": "0912345678"}),
    ]
    assert {error(one, 404)["code"] for one in told} == {"dossiers.not_found"}
    assert len({one.content for one in told}) == 1


def test_guessing_phones_is_slowed_down(api):
    lookup = api.file()["lookup"]
    for last in range(8):
        api.get(f"/dossiers/{lookup}", **{"X-Phone": f"091234560{last}"})
    response = api.get(f"/dossiers/{lookup}", **{"X-Phone": "0912345678"})
    assert error(response, 429)["code"] == "ui.too_many_tries"
    assert int(response["Retry-After"]) > 60


def test_work_is_by_name_or_by_post(api):
    lookup = api.file()["lookup"]
    assert [one["lookup"] for one in api.get("/worklist", "counter").json()["items"]] == [lookup]
    through(api, lookup, until="assign")
    mine = api.get("/worklist", "specialist").json()
    assert (mine["total"], mine["items"][0]["step"]) == (1, "appraise")
    assert mine["items"][0]["officer"]["name"] == "specialist"
    assert api.get("/worklist", "second").json()["total"] == 0


def test_work_that_waits_for_the_applicant_is_not_late(api):
    """As on the desk: a supplement is asked for, and the step's own limit passes meanwhile."""
    lookup = api.file()["lookup"]
    through(api, lookup, until="assign")
    WorkItem.objects.filter(ended_at=None).update(due_at=LONG_AGO)
    assert api.get("/worklist", "specialist").json()["items"][0]["late"] is True
    assert api.move(lookup, "specialist", "supplement", reason="Thiếu đơn").status_code == 200
    WorkItem.objects.filter(ended_at=None).update(due_at=LONG_AGO)
    told = api.get("/worklist", "specialist").json()["items"][0]
    assert (told["state"], told["late"]) == ("supplement", False)


def test_work_on_a_dossier_that_the_officer_may_not_read_is_not_told(api):
    api.file()
    ScopeRow.objects.all().delete()
    assert api.get("/worklist", "counter").json()["total"] == 0


def test_the_catalogue_is_open_to_everybody(api):
    told = api.get("/procedures").json()["items"][0]
    assert told["limit"]["text"] == "10 working_day"
    assert told["limit"]["words"]["en"]
    assert [field["key"] for field in told["fields"]] == ["licence", "expires", "copies"]
    assert [paper["required"] for paper in told["evidence"]] == [True, False]
    assert api.get("/procedures/9.000001").json() == told


def test_an_unknown_procedure_is_named(api):
    assert error(api.get("/procedures/9.9"), 404)["code"] == "procedures.not_offered"


def test_agencies_tell_the_one_above(api):
    told = {one["code"]: one for one in api.get("/agencies").json()["items"]}
    assert told["H26.12"]["parent"] == "H26"
    assert told["H26"]["parent"] is None
    assert [one["code"] for one in api.get("/agencies?tier=city").json()["items"]] == ["H26"]


@pytest.mark.parametrize("address", ["/dossiers", "/worklist"])
def test_a_list_takes_few_statements(api, address, django_assert_max_num_queries):
    for _ in range(3):
        api.file()
    api.get(address, "counter")
    with django_assert_max_num_queries(4):  # account, posts, total, rows
        api.get(address, "counter")


@pytest.mark.parametrize("match", ["torn", '"7"', "*"])
def test_a_move_of_a_hidden_dossier_is_refused_as_one_of_none(api, match):
    """No header, no revision and no key used before tells that it is there."""
    mine, hidden = api.file()["lookup"], api.file()["lookup"]
    assert api.move(mine, "counter", "receive").status_code == 200
    assert api.move(mine, "unit_head", "assign", key="used").status_code == 200
    there = Dossier.objects.get(lookup=hidden).pk
    ScopeRow.objects.filter(dossier_id=there).update(until_at=LONG_AGO)
    for wish in ({"key": "used"}, {"If-Match": match}, {"If-Match": match, "revision": 3}):
        answers = [api.move(one, "unit_head", "receive", **wish) for one in (hidden, NOBODYS)]
        told = [(one.status_code, one.json()) for one in answers]
        assert told[0] == told[1], wish
