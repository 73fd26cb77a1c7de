"""A permit is issued and its site entered by one act: both, or neither, and once."""

from __future__ import annotations

from functools import partial

import pytest
from django.urls import reverse

from motcua.core.dossiers import answers
from motcua.core.dossiers.elsewhere import MadeElsewhere
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.rules import NotYours
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY, World
from motcua.core.idempotency.keys import KeyReused
from motcua.core.places import places
from motcua.core.registers.acts import RecordExists
from motcua.core.registers.models import Record, RecordVersion
from motcua.faces.ui.tests.pages import faults
from motcua.kernel.errors import Invalid, Refused
from motcua.systems.telecom import actions
from motcua.systems.telecom.actions import PermitOrder, issue_permit
from motcua.systems.telecom.queries import permits_of, to_issue
from motcua.systems.telecom.reactions import ISSUE
from motcua.systems.telecom.rules import SiteOfAnother, SiteUnknown
from motcua.systems.telecom.tests.test_permits import (
    MAST,
    PAGE,
    WAY,
    asked,
    permitting,
    visit,
    world,
)

__all__ = ["visit", "world"]

SAID = {"permit": "12/GPXD", "permit_on": "2026-11-02", "place": "21.02, 105.85"}


@pytest.fixture
def signed(world: World) -> Dossier:
    """A permit that was signed, and waits for the clerk."""
    return signed_in_world(world)


def signed_in_world(world: World) -> Dossier:
    number = asked(world)
    for who, name, wish in WAY[:-1]:
        world.move_of(number, who, name, hours=0, reason="Đạt yêu cầu.", **wish)
    return Dossier.objects.get(pk=number)


def issued(world: World, row: Dossier, *, key: str = "one", who: str = "own_clerk", **more) -> int:
    return issue_permit(
        actor=world.officers[who],
        at=MONDAY,
        dossier_id=row.pk,
        order=PermitOrder(**{**SAID, **more}),
        key=key,
    ).record_id


def test_the_act_issues_and_enters(world, signed):
    number = issued(world, signed, permit_until="2027-11-02", zone="inner")
    signed.refresh_from_db()
    kept = answers.read(Record.objects.get(pk=number).values)
    assert signed.step == "return"
    assert {key: kept[key] for key in ("permit", "permit_on", "permit_until")} == {
        "permit": "12/GPXD",
        "permit_on": "2026-11-02",
        "permit_until": "2027-11-02",
    }
    assert (kept["code"], kept["permit_dossier"]) == (signed.code, signed.code)
    assert (kept["mast_class"], kept["height"], kept["state"]) == ("a2b", 42, "permitted")
    operator = Record.objects.get(pk=kept["operator"])
    assert (operator.register, operator.title) == ("telecom_operators", MAST["operator"])
    [told] = permits_of(world.officers["specialist"])
    assert told.record == number
    version = RecordVersion.objects.get(pk__gt=number << 24, pk__lt=(number + 1) << 24)
    assert version.actor == world.officers["own_clerk"].key


def test_a_repeat_gives_the_same_site_and_other_words_are_told(world, signed):
    first = issued(world, signed)
    assert issued(world, signed) == first
    with pytest.raises(KeyReused):
        issued(world, signed, permit="13/GPXD")
    with pytest.raises(Refused):
        issued(world, signed, key="two")
    assert Record.objects.filter(register="telecom_sites").count() == 1


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"permit": " "}, {"permit"}),
        ({"permit_on": "", "place": ""}, {"permit_on", "place"}),
        ({"place": "ở kia"}, {"geometry"}),
        ({"permit_on": "x", "zone": "y"}, {"permit_on", "zone"}),
    ],
)
def test_what_is_wrong_leaves_the_permit_unissued(world, signed, more, wrong):
    with pytest.raises(Invalid) as told:
        issued(world, signed, **more)
    assert told.value.problems.keys() == wrong
    nothing_done(signed)


def nothing_done(row: Dossier) -> None:
    row.refresh_from_db()
    assert row.step == "issue"
    assert not Record.objects.exists()


def test_what_breaks_between_issuing_and_entering_leaves_no_half(world, signed, monkeypatch):
    def struck(**_told):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "enter", struck)
    with pytest.raises(KeyboardInterrupt):
        issued(world, signed)
    nothing_done(signed)
    monkeypatch.undo()
    assert issued(world, signed)


def test_a_site_that_is_there_already_stops_both(world, signed):
    first = issued(world, signed, code="HN-1")
    row = again(world)
    with pytest.raises(RecordExists):
        issued(world, row, key="two", code="hn-1")
    row.refresh_from_db()
    assert row.step == "issue"
    other = issued(world, row, key="three", code="HN-2")
    operators = {answers.read(one.values)["operator"] for one in Record.objects.filter(
        pk__in=(first, other))}  # fmt: skip
    assert len(operators) == 1  # the second permit finds the operator that the first one entered


def test_a_permit_is_written_on_a_site_that_stands(world, signed):
    first = issued(world, signed, code="HN-1", zone="inner", permit_until="2027-11-02")
    row = again(world)
    with pytest.raises(Invalid) as wrong:
        issued(world, row, key="two", code="HN-9", there=True)
    assert isinstance(wrong.value.problems["code"], SiteUnknown)
    number = issued(world, row, key="two", code="hn-1", permit="14/GPXD", there=True)
    assert number == first
    assert issued(world, row, key="two", code="hn-1", permit="14/GPXD", there=True) == first
    record = Record.objects.get(pk=first)
    told = answers.read(record.values)
    row.refresh_from_db()
    assert (told["code"], told["permit"], told["zone"]) == ("HN-1", "14/GPXD", "inner")
    assert (told["permit_dossier"], "permit_until" in told) == (row.code, False)
    assert (record.number, row.step) == (2, "return")
    assert RecordVersion.objects.filter(pk__range=places(first)).count() == 2


def test_a_permit_is_not_written_on_the_site_of_another_operator(world, signed):
    issued(world, signed, code="HN-1")
    row = again(world, operator="Mạng khác (mẫu)")
    with pytest.raises(Invalid) as wrong:
        issued(world, row, key="two", code="HN-1", there=True)
    assert isinstance(wrong.value.problems["code"], SiteOfAnother)
    row.refresh_from_db()
    assert row.step == ISSUE


def test_a_permit_is_not_written_on_a_site_that_another_agency_keeps(world, signed):
    first = issued(world, signed, code="HN-1")
    Record.objects.filter(pk=first).update(agency=world.city)
    with pytest.raises(Invalid) as wrong:
        issued(world, again(world), key="two", code="HN-1", there=True)
    assert isinstance(wrong.value.problems["code"], SiteUnknown)


def again(world: World, **changes) -> Dossier:
    """Give another signed permit."""
    number = asked(world, **changes)
    for who, name, wish in WAY[:-1]:
        world.move_of(number, who, name, hours=0, reason="Đạt yêu cầu.", **wish)
    return Dossier.objects.get(pk=number)


def test_only_whoever_issues_may(world, signed):
    with pytest.raises(Refused):
        issued(world, signed, who="specialist")
    nothing_done(signed)
    assert [one.dossier for one in to_issue(world.officers["own_clerk"], MONDAY)]
    assert to_issue(world.officers["specialist"], MONDAY) == []


def test_the_page_asks_and_the_site_is_there(world, signed, visit):
    client, path = visit("own_clerk"), f"{PAGE}/{signed.code}"
    assert f'href="{path}"' in client.get(PAGE).content.decode()
    form = client.get(path)
    assert faults(form) == []
    wrong = client.post(path, {**SAID, "place": "", "key": "k"})
    assert (wrong.status_code, faults(wrong)) == (422, [])
    revision = form.context["revision"]
    stale = client.post(path, {**SAID, "key": "k", "revision": revision - 1})
    assert stale.status_code == 422
    done = client.post(path, {**SAID, "key": "k", "revision": revision})
    site = Record.objects.get(register="telecom_sites")
    assert done["Location"] == f"/ban/so-dang-ky/telecom_sites/{site.pk}"
    assert "chưa đến bước phát hành" in client.get(path).content.decode()


def test_the_page_is_for_permits_that_one_may_read(world, signed, visit):
    assert visit("external").get(f"{PAGE}/{signed.code}").status_code == 404
    plain = world.take_in()
    assert visit("specialist").get(f"{PAGE}/{plain.code}").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", [["k"] * 4, ["a", "b", "c", "d"]], ids=["twins", "others"])
def test_of_many_at_once_one_issues_and_one_site_is_there(transactional_db, tmp_path, keys):
    with shared_world(tmp_path) as world:
        permitting(world)
        row = signed_in_world(world)
        told = together(*(partial(issued, world, row, key=key) for key in keys))
        numbers = {one for one in told if isinstance(one, int)}
        assert [one.pk for one in Record.objects.filter(register="telecom_sites")] == [*numbers]
    expected = 4 if len(set(keys)) == 1 else 1
    assert sum(isinstance(one, int) for one in told) == expected, told
    assert all(isinstance(one, int | Refused) for one in told)


def test_the_plain_move_is_refused_wherever_it_is_asked_for(world, signed, visit):
    with pytest.raises(MadeElsewhere) as refused:
        world.move_of(signed.pk, "own_clerk", ISSUE, hours=1)
    assert "issueMastPermit" in refused.value.text("vi")
    assert Dossier.objects.get(pk=signed.pk).step == ISSUE
    client = visit("own_clerk")
    answer = client.get(reverse("desk:move", args=[signed.code, ISSUE]))
    assert answer["Location"] == f"{PAGE}/{signed.code}"
    sent = {"key": "plain", "revision": str(signed.revision)}
    assert client.post(reverse("desk:move", args=[signed.code, ISSUE]), sent).status_code == 409
    assert Dossier.objects.get(pk=signed.pk).step == ISSUE


def test_who_may_not_issue_it_is_told_that_and_no_more(world, signed):
    with pytest.raises(NotYours):
        world.move_of(signed.pk, "specialist", ISSUE, hours=1)
    with pytest.raises(NotFound):
        world.move_of(signed.pk, "external", ISSUE, hours=1)
