"""The form that keeps a dossier to those whom its work names, and opens it again."""

from __future__ import annotations

from motcua.core.dossiers.models import Dossier


def path(done) -> str:
    return f"/ban/ho-so/{done.code}/muc-han-che"


def send(desk, who, done, grade, **sent):
    told = {"grade": grade, "key": f"{who}-{grade}", "reason": "Nhạy cảm.", **sent}
    return desk.as_(who).post(path(done), told)


def test_who_holds_it_restricts_it_and_opens_it_again(desk):
    done = desk.received()
    assert path(done) in desk.get("specialist", f"/ban/ho-so/{done.code}").content.decode()
    assert desk.get("specialist", path(done)).status_code == 200
    answer = send(desk, "specialist", done, "restricted")
    assert answer.headers["location"] == f"/ban/ho-so/{done.code}"
    assert desk.get("leader", f"/ban/ho-so/{done.code}").status_code == 404
    shown = desk.get("specialist", f"/ban/ho-so/{done.code}").content.decode()
    assert "Hồ sơ hạn chế người xem" in shown
    assert 'value="normal"' in desk.get("specialist", path(done)).content.decode()
    assert send(desk, "specialist", done, "normal").status_code == 302
    assert desk.get("leader", f"/ban/ho-so/{done.code}").status_code == 200


def test_a_head_who_restricts_it_to_others_is_led_to_the_list(desk):
    done = desk.received()
    answer = send(desk, "leader", done, "restricted")
    assert answer.headers["location"] == "/ban/ho-so"
    assert send(desk, "leader", done, "restricted").status_code == 404  # a repeat, now unseen


def test_it_is_explained_and_for_who_holds_it_or_heads_them(desk):
    done = desk.received()
    silent = send(desk, "specialist", done, "restricted", reason="")
    assert silent.status_code == 422
    assert "Ghi lý do và căn cứ" in silent.content.decode()
    assert desk.get("counter", path(done)).status_code == 403
    assert path(done) not in desk.get("counter", f"/ban/ho-so/{done.code}").content.decode()
    assert send(desk, "counter", done, "restricted").status_code == 403
    assert send(desk, "specialist", done, "restricted", revision="1").status_code == 409
    assert desk.get("police", path(done)).status_code == 404
    assert Dossier.objects.get().confidentiality == "normal"
