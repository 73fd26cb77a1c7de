"""Who reads what, against a predicate that knows no scope row.

Dossiers and people go through random acts. The predicate reads the ledger's entries of a dossier
and the test's own journal of what was lent, declared and left; the filter reads scope rows.
"""

from __future__ import annotations

import datetime
import json
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees, visible
from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import agency_by_code, tree
from motcua.core.dossiers.grading import regrade
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import Filter, dossiers, worklist
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.histories import MOVES
from motcua.core.dossiers.tests.world import DAY, MONDAY, World
from motcua.core.ledger.models import Entry
from motcua.core.sql import reading
from motcua.core.staff.interests import declare_interest
from motcua.core.staff.leaving import leave
from motcua.core.staff.reassigning import Reassignment, reassign
from motcua.core.staff.standing_in import be_away, revoke
from motcua.core.staff.tests.lent import DAYS, NUMBER, lend
from motcua.kernel.errors import Refused

MINE = {"number": NUMBER, "name": "Trần Thị Thử Nghiệm", "phone": "0912345678"}
WHO = ("counter", "unit_head", "specialist", "second", "leader", "other_specialist", "police")
PERSON = st.sampled_from(WHO)
NUMBERS = st.integers(0, 2)
SPAN = st.tuples(st.integers(0, 4), st.integers(1, 5))
STEPS = st.one_of(
    st.tuples(st.just("move"), NUMBERS, st.sampled_from(MOVES)),
    st.tuples(st.just("move"), NUMBERS, st.sampled_from(MOVES)),
    st.tuples(st.just("lend"), PERSON, PERSON, SPAN),
    st.tuples(st.just("away"), PERSON, PERSON, SPAN),
    st.tuples(st.just("revoke"), NUMBERS),
    st.tuples(st.just("declare"), PERSON),
    st.tuples(st.just("leave"), PERSON, SPAN),
    st.tuples(st.just("give"), NUMBERS, PERSON),
    st.tuples(st.just("grade"), NUMBERS, st.sampled_from(["restricted", "normal"])),
)


@dataclass
class Journal:
    """What the test saw succeed: the facts that the predicate stands on."""

    world: World
    done: list
    lent: dict[int, list] = field(default_factory=dict)  # id → giver, agency, post, taker, days
    concerned: set[str] = field(default_factory=set)  # whose number is that of the first dossier
    left: dict[str, datetime.date] = field(default_factory=dict)
    hour: int = 9

    def play(self, step) -> None:
        self.hour += 1
        with suppress(Refused), transaction.atomic():
            getattr(self, step[0])(*step[1:])

    @property
    def at(self) -> datetime.datetime:
        return MONDAY + datetime.timedelta(hours=self.hour)

    def move(self, number, told) -> None:
        name, wishes = told[0], dict(told[1])
        if "officer" in wishes:
            wishes["officer_id"] = self.world.officer_id(wishes.pop("officer"))
        if "agency" in wishes:
            wishes["agency_id"] = agency_by_code(wishes.pop("agency")).id
        for who in [*map(self.now, WHO), self.world.applicant(self.done[number])]:
            with suppress(Refused):
                self.world.move(self.done[number], who, name, hours=self.hour, **wishes)
                return

    def now(self, who) -> Actor:
        return actors.officer(self.world.officer_id(who), who, DAY)

    def lend(self, giver, taker, span) -> None:
        since, until = DAY + span[0] * DAYS, DAY + sum(span) * DAYS
        number = lend(self.world, giver, taker, valid_from=since, valid_to=until)
        held = self.world.officers[giver].posts[0]
        self.lent[number] = [giver, held.agency_id, held.post, taker, since, until]

    def away(self, who, stand_in, span) -> None:
        since, until = DAY + span[0] * DAYS, DAY + sum(span) * DAYS
        number = be_away(
            actor=self.world.officers[who],
            at=MONDAY,
            officer_id=self.world.officer_id(who),
            stand_in_id=self.world.officer_id(stand_in),
            days=(since, until),
            key=None,
        )
        held = self.world.officers[who].posts[0]
        self.lent[-number] = [who, held.agency_id, held.post, stand_in, since, until]

    def revoke(self, number) -> None:
        own = sorted(one for one in self.lent if one > 0)
        if number < len(own):
            giver = self.lent[own[number]][0]
            actor = self.world.officers[giver]
            revoke(actor=actor, at=MONDAY, delegation_id=own[number], key=None)
            del self.lent[own[number]]

    def declare(self, who) -> None:
        declare_interest(
            actor=self.world.officers[who],
            at=MONDAY,
            officer_id=self.world.officer_id(who),
            kind="relative",
            number=NUMBER,
            key=None,
        )
        self.concerned.add(who)

    def leave(self, who, span) -> None:
        on = DAY + sum(span) * DAYS
        leave(
            actor=self.now("leader"),
            at=MONDAY,
            officer_id=self.world.officer_id(who),
            on=on,
            successor_id=None,
            to_post=True,
            key=None,
        )
        self.left[who] = min(on, self.left.get(who, on))

    def give(self, number, who) -> None:
        order = Reassignment(
            dossier_id=self.done[number].dossier_id,
            officer_id=self.world.officer_id(who),
            reason="Thay.",
        )
        reassign(actor=self.now("leader"), at=self.at, order=order, key=None)

    def grade(self, number, to) -> None:
        for who in WHO:
            with suppress(Refused):
                dossier_id = self.done[number].dossier_id
                regrade(
                    actor=self.now(who),
                    at=self.at,
                    dossier_id=dossier_id,
                    grade=to,
                    reason="Vì.",
                    key=None,
                )
                return

    def reads(self, who: str, dossier: Dossier, day: datetime.date) -> bool:
        """Tell by the entries and the journal alone whether an officer reads a dossier."""
        mine = who in self.concerned and dossier.pk == self.done[0].dossier_id
        if mine or self.left.get(who, day + DAYS) <= day:
            return False
        me = self.world.officer_id(who)
        posts = {(one.agency_id, one.post) for one in self._appointed(who)}
        whole = {one.agency_id for one in self._appointed(who) if one.reads_agency}
        names = {me}
        for giver, agency, post, taker, since, until in self.lent.values():
            gone = self.left.get(giver, until) <= day
            if taker == who and since <= day < until and not gone:
                posts.add((agency, post))
                names.add(self.world.officer_id(giver))
        bodies = [json.loads(one.body) for one in Entry.objects.of(dossier.pk)]
        grade = [one["data"]["grade"] for one in bodies if "grade" in one["data"]][-1:]
        if grade != ["restricted"] and whole & _agencies(dossier, bodies):
            return True
        return any(
            officer in names if officer is not None else (agency, post) in posts
            for agency, post, officer in _work(dossier, bodies)
        )

    def _appointed(self, who: str) -> list[Appointment]:
        return list(Appointment.objects.filter(officer_id=self.world.officer_id(who)))


def _agencies(dossier: Dossier, bodies: list) -> set[int]:
    """Every agency that held or received it and all above; those that were asked, alone."""
    held = {dossier.receiving_agency_id, *(one["data"]["after"]["holding"] for one in bodies)}
    asked = {
        item[2] for one in bodies for item in one["data"]["after"]["work"] if item[1] is not None
    }
    return asked.union(*(tree().chain(one) for one in held))


def _work(dossier: Dossier, bodies: list) -> list[tuple[int, str, int | None]]:
    """All that ever was open, and the counter's step of a dossier taken in at once."""
    work = [tuple(item[2:5]) for one in bodies for item in one["data"]["after"]["work"]]
    taken_in = any(one["act"] == "take_in" for one in bodies)
    return [*work, *([(dossier.receiving_agency_id, "counter", None)] if taken_in else [])]


@pytest.mark.parametrize("ahead", [0, 3])
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, max_size=16))
def test_the_filter_is_the_predicate_whatever_was_done_and_on_another_day_too(world, ahead, steps):
    with transaction.atomic():
        done = [world.to("appraise", applicant=MINE), world.take_in(), world.file()]
        journal = Journal(world, done)
        for step in steps:
            journal.play(step)
        day = DAY + ahead * DAYS
        rows = {row.pk: row for row in Dossier.objects.all()}
        for who in WHO:
            actor = actors.officer(world.officer_id(who), who, day)
            allowed = {pk for pk, row in rows.items() if journal.reads(who, row, day)}
            assert {pk for pk in rows if sees(reading(), actor, pk)} == allowed, who
            assert {row.pk for row in visible(Dossier.objects.all(), actor)} == allowed
            listed = dossiers(actor, Filter())
            assert ({row.pk for row in listed.rows}, listed.total) == (allowed, len(allowed))
            assert {item.dossier_id for item in worklist(actor)} <= allowed
        for number, row in enumerate(done):
            assert sees(reading(), world.applicant(done[number]), row.dossier_id)
        assert list(check_state()) == []
        transaction.set_rollback(True)
