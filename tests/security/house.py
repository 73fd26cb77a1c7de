"""A house with words that only some may read, and a plain table of who may.

The table is written by hand and asks no row filter: it is what the walk holds the house to.
"""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass, replace

from django.test import Client

from motcua.core.access import actors
from motcua.core.accounts.tests.doors import account_of, bearer, key_for, signed_in
from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers import grading
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Done, Filing, Handed, MoveOrder
from motcua.core.dossiers.tests.world import World, add_officer, make_world
from motcua.core.files.store import keep
from motcua.core.now import now


@dataclass(frozen=True)
class Planted:
    """A dossier, and the words planted in it by where they lie."""

    tag: str
    done: Done
    words: dict[str, str]
    readers: frozenset[str]
    masked: frozenset[str] = frozenset()

    @property
    def numbers(self) -> tuple[str, ...]:
        """What a dossier goes by."""
        return tuple(one for one in (self.done.code, self.done.lookup) if one)

    def forbidden(self, who: str) -> dict[str, str]:
        """Give the words that somebody must never read, by where they lie."""
        if who in self.masked:
            return {place: self.words[place] for place in ("phone", "email", "address")}
        if who in self.readers:
            return {}
        return self.words | {f"number {i}": one for i, one in enumerate(self.numbers)}


class _Wandering(Client):
    def request(self, **request):
        number = next(_addresses)
        request["REMOTE_ADDR"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return super().request(**request)


_addresses = itertools.count(1)


@dataclass
class House:
    """The world, what was planted in it, and the way in for each of its people."""

    world: World
    planted: dict[str, Planted]

    def people(self) -> list[str]:
        """Give the officers, and nobody's name for a stranger."""
        return ["", *self.world.officers]

    def _client(self, **headers: str) -> Client:
        """Give a client that asks from ever new addresses: strangers are slowed by theirs."""
        return _Wandering(raise_request_exception=False, headers=headers)

    def browser(self, who: str) -> Client:
        """Give a browser in which somebody has signed in; a stranger's knows nobody."""
        client = self._client()
        if who:
            signed_in(client, account_of(who, self.world.officer_id(who)), at=now())
        return client

    def program(self, who: str) -> Client:
        """Give a program with a key of every scope."""
        if not who:
            return self._client()
        return self._client(**bearer(key_for(account_of(who, self.world.officer_id(who)))))


def build() -> House:
    """Plant one dossier of ours, one of ours that is restricted, and one of another agency."""
    world = make_world()
    other = Agency.objects.get(code="H26.15")
    world.officers["other_counter"] = add_officer("other_counter", other, "counter")
    ours, closed = _of_the_department(world, "ours"), _of_the_department(world, "closed")
    at = now() - datetime.timedelta(hours=1)
    grading.regrade(
        actor=world.officers["specialist"],
        dossier_id=closed.done.dossier_id,
        grade="restricted",
        at=at,
        reason="Zqkinvclosed vì lý do riêng.",
        key=None,
    )
    # Counter and head were offered work of it; everybody else reads by their agency, or not.
    named = frozenset({"specialist", "unit_head", "counter"})
    theirs = _of_another(world, "theirs")
    return House(
        world,
        {
            "ours": replace(ours, readers=named | {"leader"}, masked=frozenset({"leader"})),
            "closed": replace(closed, readers=named),
            "theirs": replace(
                theirs,
                readers=frozenset({"other_counter", "other_head", "leader"}),
                masked=frozenset({"leader"}),
            ),
        },
    )


def _words(tag: str, number: int) -> dict[str, str]:
    return {
        "name": f"Zqten{tag} Văn Ngỗng",
        "phone": f"09876543{number}",
        "email": f"zqthu{tag}@example.com",
        "address": f"Ngõ Zqdiachi{tag}",
        "licence": f"Zqgiayphep{tag}",
        "file": f"zqtep{tag}.pdf",
        "bytes": f"Zqnoidung{tag}",
        "reason": f"Zqlydo{tag}",
    }


def _filing(world: World, words: dict[str, str], **changes: object) -> Filing:
    kept = keep([b"%PDF-1.4 " + words["bytes"].encode()])
    return world.filing(
        applicant={one: words[one] for one in ("name", "phone", "email", "address")},
        fields={"licence": words["licence"], "expires": "2030-12-01"},
        evidence=(Handed("request", originals=1, file=kept, name=words["file"]),),
        **changes,
    )


def _of_the_department(world: World, tag: str) -> Planted:
    words, at = _words(tag, 10 + len(tag)), now() - datetime.timedelta(hours=5)
    filing = _filing(world, words, channel="counter")
    done = file(actor=world.officers["counter"], at=at, filing=filing, key=None, take_in=True)
    orders = (
        ("unit_head", MoveOrder(move="assign", officer_id=world.officer_id("specialist"))),
        ("specialist", MoveOrder(move="submit")),
        ("unit_head", MoveOrder(move="send_back", reason=words["reason"])),
    )
    for hours, (who, order) in enumerate(orders, start=1):
        when = at + datetime.timedelta(minutes=hours)
        done = move(
            actor=world.officers[who],
            at=when,
            dossier_id=done.dossier_id,
            order=order,
            key=None,
            revision=None,
        )
    return Planted(tag, done, words, frozenset())


def _of_another(world: World, tag: str) -> Planted:
    words, at = _words(tag, 50), now() - datetime.timedelta(hours=5)
    agency = agency_by_code("H26.15").id
    filing = _filing(world, words, agency_id=agency)
    done = file(actor=actors.PUBLIC, at=at, filing=filing, key=None)
    assert Dossier.objects.get(pk=done.dossier_id).receiving_agency_id == agency
    return Planted(tag, done, {k: v for k, v in words.items() if k != "reason"}, frozenset())
