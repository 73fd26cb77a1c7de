"""A head looks where a published map leads and takes one dossier over."""

from __future__ import annotations

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.migrating.tests.conftest import Versions, add_version, newer


def path(done) -> str:
    return f"/ban/ho-so/{done.code}/phien-ban"


def send(desk, who, done, by, **sent):
    told = {"map": str(by.map_id), "key": "k", "revision": done.revision, **sent}
    return desk.as_(who).post(path(done), told)


def test_the_page_tells_where_the_map_leads_and_writes_nothing(desk):
    done = desk.received()
    Versions(desk.world).renew()
    assert path(done) in desk.get("leader", f"/ban/ho-so/{done.code}").content.decode()
    shown = desk.get("leader", path(done)).content.decode()
    assert "Sang phiên bản 2" in shown
    assert "examine" in shown
    assert Dossier.objects.get().step == "appraise"


def test_a_head_takes_it_over_once(desk):
    done = desk.received()
    by = Versions(desk.world).renew()
    for _ in range(2):
        assert send(desk, "leader", done, by).status_code == 302
    row = Dossier.objects.get()
    assert (row.step, row.version_id) == ("examine", by.target_id)
    assert list(check_state()) == []


def test_what_cannot_go_over_says_why(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "supplement", hours=1.5, reason="Thiếu đơn.")
    Versions(desk.world).renew()
    shown = desk.get("leader", path(done)).content.decode()
    assert "Chưa chuyển được" in shown
    assert "Chuyển sang phiên bản này" not in shown


def test_a_stale_page_and_an_unknown_map_are_refused(desk):
    done = desk.received()
    by = Versions(desk.world).renew()
    assert send(desk, "leader", done, by, revision="1").status_code == 409
    assert send(desk, "leader", done, by, map="999", key="other").status_code == 404


def test_only_heads_have_the_page(desk):
    done = desk.received()
    by = Versions(desk.world).renew()
    assert path(done) not in desk.get("specialist", f"/ban/ho-so/{done.code}").content.decode()
    assert desk.get("specialist", path(done)).status_code == 403
    assert send(desk, "specialist", done, by).status_code == 403
    assert desk.get("police", path(done)).status_code == 404


def test_without_a_map_nothing_leads_on(desk):
    done = desk.received()
    add_version(newer(), 2)
    assert path(done) not in desk.get("leader", f"/ban/ho-so/{done.code}").content.decode()
    assert "Chưa có bảng chuyển nào" in desk.get("leader", path(done)).content.decode()
