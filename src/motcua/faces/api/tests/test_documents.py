"""Official documents over the API: the same rights and acts as the pages."""

from __future__ import annotations

import pytest

from motcua.core.official import signing
from motcua.core.official.tests.authority import Authority
from motcua.core.official.tests.office import make_office
from motcua.faces.api.tests.conftest import error

PATH, INTO = "/official-documents", "/incoming-documents"


@pytest.fixture
def office(api, monkeypatch, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    monkeypatch.setattr(signing, "_service", [Authority()])
    made = make_office(api.world)
    api.world.officers.update(made.people)
    return made


def body(office, **more):
    return {
        "agency": "H26.12",
        "kind": "CV",
        "abstract": "đề nghị phối hợp",
        "paragraphs": ["Đề nghị phối hợp."],
        "annexes": [{"title": "Bảng", "columns": ["A"], "rows": [["1"]]}],
        "recipients": [{"name": "Công ty Mẫu", "email": "mau@example.vn"}],
        "signer": office.people["director"].officer_id,
        "position": "GIÁM ĐỐC",
        **more,
    }


def move(api, number, who, name, **more):
    answer = api.post(f"{PATH}/{number}/move", {"move": name, **more}, who, key=f"{who}-{name}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def number(api, office) -> int:
    answer = api.post(PATH, body(office), "drafter", key="d")
    assert answer.status_code == 200, answer.content
    return answer.json()["id"]


def test_a_document_goes_from_draft_to_its_recipients(api, office, number):
    assert api.get(f"{PATH}/{number}", "head").json()["moves"] == ["review"]
    move(api, number, "head", "review")
    assert move(api, number, "director", "sign")["state"] == "signing"
    office.work()
    assert move(api, number, "clerk", "issue")["state"] == "numbered"
    office.work()
    move(api, number, "clerk", "send")
    told = api.get(f"{PATH}/{number}", "clerk").json()
    assert (told["number"], told["state"]) == ("01/SKHCN", "issued")
    assert told["recipients"][0]["delivery"] == "queued"
    assert told["annexes"] == [{"title": "Bảng", "columns": ["A"], "rows": [["1"]]}]
    answer = api.get(f"{PATH}/{number}/file", "clerk")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    answer.close()
    assert len(told["sha256"]) == 64


def test_rights_are_those_of_the_pages(api, office, number):
    assert error(api.get(f"{PATH}/{number}", "stranger"), 404)["code"]
    assert api.get(PATH, "stranger").json()["total"] == 0
    assert api.get(PATH, "clerk").json()["total"] == 1
    assert error(api.get(f"{PATH}/{number}/file", "clerk"), 404)["code"]
    answer = api.post(f"{PATH}/{number}/move", {"move": "review"}, "clerk", key="x")
    assert error(answer, 403)["code"] == "official.not_your_move"
    assert error(api.post(PATH, body(office), "stranger", key="s"), 403)["code"]


def test_a_repeat_gives_the_first_answer(api, office, number):
    assert api.post(PATH, body(office), "drafter", key="d").json()["id"] == number
    secret = api.post(PATH, body(office, secrecy="mật"), "drafter", key="e")
    assert error(secret, 422)["code"] == "official.secret"


def test_what_comes_in_is_registered(api, office):
    told = {"agency": "H26.12", "author": "Bộ Mẫu", "signs": "1/BM", "abstract": "báo cáo"}
    done = api.post(INTO, told, "clerk", key="k").json()
    [line] = api.get(INTO, "clerk").json()["items"]
    assert (line["number"], line["author"], line["state"]) == (1, "Bộ Mẫu", "registered")
    assert api.get(f"{INTO}/{done['id']}", "head").json()["signs"] == "1/BM"
    assert error(api.post(INTO, told, "drafter", key="k"), 403)["code"]
    path, handler = f"{INTO}/{done['id']}", office.people["drafter"].officer_id
    giving = {"officer": handler, "due_on": "2026-11-09"}
    assert api.post(f"{path}/assign", giving, "head", key="a").json()["state"] == "assigned"
    ended = api.post(f"{path}/finish", {"result": "đã trả lời"}, "drafter", key="f")
    assert ended.json()["state"] == "done"


def test_a_copy_is_made_by_who_signs(api, office, number):
    for who, name in (("head", "review"), ("director", "sign"), ("clerk", "issue")):
        move(api, number, who, name)
        office.work()
    wanted = {"form": "TrS", "position": "GIÁM ĐỐC", "parts": "1"}
    path = f"{PATH}/{number}/copies"
    assert (
        error(api.post(path, wanted, "clerk", key="c"), 403)["code"] == "official.not_your_agency"
    )
    answer = api.post(path, wanted, "director", key="c")
    assert answer.status_code == 200, answer.content
    told = api.get(f"{PATH}/{answer.json()['id']}", "director").json()
    assert (told["copied"], told["parts"], told["number"]) == (number, [1], "01/TrS-SKHCN")


def test_a_wrong_document_is_refused_and_a_return_noted(api, office, number):
    told = {"agency": "H26.12", "author": "Bộ Mẫu", "signs": "1/BM", "abstract": "báo cáo"}
    done = api.post(INTO, {**told, "urgency": "express"}, "clerk", key="k").json()
    [line] = api.get(f"{INTO}?urgent=true", "clerk").json()["items"]
    assert line["urgency"] == "express"
    assert line["hand_over_by"]
    path = f"{INTO}/{done['id']}/refuse"
    answer = api.post(path, {"reason": "nhầm", "sender": "a@example.vn"}, "clerk", key="f")
    assert answer.json()["state"] == "refused"
    for who, name in (("head", "review"), ("director", "sign"), ("clerk", "issue")):
        move(api, number, who, name)
        office.work()
    move(api, number, "clerk", "send")
    [one] = api.get(f"{PATH}/{number}", "clerk").json()["recipients"]
    back = {"recipient": one["id"], "reason": "nhầm nơi"}
    assert api.post(f"{PATH}/{number}/returns", back, "clerk", key="b").status_code == 200
    [one] = api.get(f"{PATH}/{number}", "clerk").json()["recipients"]
    assert (one["delivery"], one["returned_why"]) == ("returned", "nhầm nơi")
