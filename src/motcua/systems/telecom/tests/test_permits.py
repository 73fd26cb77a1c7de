"""A mast that was permitted comes into the register of sites, by its dossier."""

from __future__ import annotations

import datetime
import html
import re
from urllib.parse import parse_qsl

import pytest
from django.utils.html import escape

from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.agencies.models import Competence
from motcua.core.dossiers import answers
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Handed
from motcua.core.dossiers.tests.world import MONDAY, World, add_officer, make_world, publish
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.core.registers.acts import enter
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import Order
from motcua.faces.desk import doors
from motcua.faces.ui import context
from motcua.faces.ui.tests.pages import faults
from motcua.systems.telecom.queries import permits_of
from motcua.systems.telecom.reactions import ISSUE, PERMITS
from motcua.systems.telecom.rules import class_of

PAGE = "/ban/ha-tang-vien-thong/giay-phep"
NEW = "/ban/so-dang-ky/telecom_sites/moi"
MAST = {
    "operator": "Mạng di động Tháp Mẫu",
    "tax_code": "0109001202",
    "place": "Số 9 phố Mẫu",
    "kind": "ground",
    "height": 42,
    "shared": True,
    "phone": "0912345678",
}
WAY = (
    ("unit_head", "assign", {}),
    ("specialist", "go_out", {}),
    ("specialist", "consult", {"legs": ("telecom",)}),
    ("specialist", "reply", {"leg": 1}),
    ("specialist", "found_fit", {}),
    ("own_leader", "approve", {}),
    ("own_clerk", "issue", {}),
)
PAPERS = ("request", "land", "design")


@pytest.fixture
def world(db) -> World:
    """A ward where one mast was permitted online and another one is still being looked at."""
    return permitting(make_world())


def permitting(found: World) -> World:
    """Let a department permit masts, with a leader and a clerk of its own."""
    text = load("motcua.systems.one_stop").procedures[f"{PERMITS}.toml"]
    publish(read(text.replace('tiers = ["commune"]', "tiers = []"), system="one_stop"))
    Competence.objects.create(
        agency=found.department, procedure=PERMITS, valid_from=datetime.date(2020, 1, 1)
    )
    for post in ("leader", "clerk"):
        found.officers[f"own_{post}"] = add_officer(f"own_{post}", found.department, post)
    return found


def asked(world: World, **changes) -> int:
    papers = tuple(Handed(key, originals=1) for key in PAPERS)
    done = world.file(procedure=PERMITS, fields={**MAST, **changes}, evidence=papers)
    world.move_of(done.dossier_id, "counter", "receive", hours=0)
    return done.dossier_id


def granted(world: World) -> Dossier:
    number = asked(world)
    for who, name, wish in WAY:
        said = {**wish, "together": name == ISSUE}  # as before its site was entered with it
        world.move_of(number, who, name, hours=1, reason="Đạt yêu cầu.", **said)
    return Dossier.objects.get(pk=number)


@pytest.fixture
def visit(world, client, monkeypatch):
    for door in (doors, context):
        monkeypatch.setattr(door, "now", lambda: MONDAY)

    def as_(who="specialist"):
        return signed_in(client, account_of(who, world.officer_id(who)), at=MONDAY)

    return as_


def test_only_what_was_granted_is_listed_and_to_whom_reads_it(world):
    asked(world)
    row = granted(world)
    [told] = permits_of(world.officers["specialist"])
    assert (told.code, told.operator, told.height, told.record) == (
        row.code,
        MAST["operator"],
        42,
        None,
    )
    assert told.issued_on == MONDAY.date()
    assert permits_of(world.officers["external"]) == []


@pytest.mark.parametrize(
    ("kind", "height", "found"),
    [("ground", 49, "a2b"), ("ground", 50, "a2c"), ("roof", 12, ""), ("ground", 0, "")],
)
def test_the_class_follows_from_kind_and_height(kind, height, found):
    assert class_of(kind, height) == found


def test_a_permit_is_entered_by_the_ordinary_form_once(world, visit):
    row = granted(world)
    enter(
        actor=world.officers["specialist"],
        at=MONDAY,
        declaration=register_of("telecom_operators"),
        agency_id=world.department.pk,
        order=Order({"name": MAST["operator"]}),
        key=None,
    )
    client = visit()
    page = client.get(PAGE)
    assert faults(page) == []
    assert "1 trên 1 giấy phép chưa ghi vào sổ." in page.content.decode()
    link = html.unescape(re.search(rf'href="({NEW}\?[^"]+)"', page.content.decode())[1])
    form = client.get(link)
    assert faults(form) == []
    sent = dict(parse_qsl(link.partition("?")[2]))
    assert all(escape(one) in form.content.decode() for one in sent.values())
    sent |= {"fields.mast_class": "a2b", "fields.state": "permitted", "geometry": "21.02, 105.85"}
    sent["fields.permit"] = "12/GPXD"
    assert sent["fields.address"] == MAST["place"]
    assert client.post(NEW, {**sent, "key": "one"}).status_code == 302
    assert client.post(NEW, {**sent, "key": "two"}).status_code == 422
    site = Record.objects.get(register="telecom_sites")
    kept = answers.read(site.values)
    assert (kept["permit"], kept["permit_on"]) == ("12/GPXD", "2026-11-02")
    assert (kept["permit_dossier"], kept["height"]) == (row.code, 42)
    [told] = permits_of(world.officers["specialist"])
    assert told.record == site.pk
    page = client.get(PAGE).content.decode()
    assert f"/ban/so-dang-ky/telecom_sites/{site.pk}" in page
    assert "Ghi vào sổ" not in page


def test_it_speaks_english_and_strangers_sign_in(world, visit, client):
    granted(world)
    client.cookies["language"] = "en"
    assert "1 of 1 permits are not in the register." in visit().get(PAGE).content.decode()
    client.logout()
    assert client.get(PAGE).status_code == 302
