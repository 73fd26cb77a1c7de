"""A plan laid over the agencies, people and open work there are: what it means, code by code."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from motcua.core.agencies.models import Appointment, Competence, Delegation
from motcua.core.agencies.queries import Node, in_force, tree
from motcua.core.agencies.rules import Claim, taker
from motcua.core.procedures.models import Procedure
from motcua.core.reform.followers import NO_PROCEDURE, Held, followers
from motcua.core.reform.rules import Order, Seat, seat_for
from motcua.core.sql import Sql, marks, reading


@dataclass(frozen=True, slots=True)
class Going:
    """A post at an ending agency, and where it goes: no heir where it ends, None where unknown."""

    appointment: Appointment
    ending: str
    to: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Work:
    """Open work of one kind at an ending agency: how many pieces, how many that name an officer."""

    ending: str
    procedure_id: int
    area: str
    post: str
    is_leg: bool
    count: int
    named: int


class Ground:
    """What a plan means on its day; everything is read once, as it is asked for."""

    def __init__(self, order: Order) -> None:
        self.order = order
        eve = order.on - datetime.timedelta(days=1)
        self._eve = {node.code: node for node in tree().living(eve)}
        self.ending: dict[str, Node] = {
            code: self._eve[code] for code in order.ending if code in self._eve
        }
        ids = {node.id for node in self.ending.values()}
        self.staying = {n.code: n for n in tree().living(order.on) if n.id not in ids}

    @cached_property
    def codes(self) -> dict[int, str]:
        """The ending agencies' codes by id."""
        return {node.id: code for code, node in self.ending.items()}

    @cached_property
    def founded(self) -> dict[str, str]:
        """The Vietnamese names of the agencies that begin, by code."""
        return {one.code: one.name_vi for one in self.order.founds}

    @cached_property
    def procedures(self) -> dict[str, int]:
        """All procedures, by code."""
        return dict(Procedure.objects.values_list("code", "pk"))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        codes = [*self.staying, *self.founded]
        return {code: number for number, code in enumerate(dict.fromkeys(codes))}

    @cached_property
    def _claims(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for one in self.order.successions:
            heir = self._numbers.get(one.heir)
            for ending, procedure, area in one.things() if heir is not None else ():
                number = self.procedures.get(procedure, 0) if procedure else None
                found.setdefault(ending, []).append(Claim(heir or 0, number, area))
        return found

    @cached_property
    def _names(self) -> list[str]:
        return [*self._numbers]

    def heir(self, ending: str, procedure_id: int, area: str = "") -> str | None:
        """Give the code of who takes over a dossier; None where the plan does not say."""
        found = taker(self._claims.get(ending, ()), procedure_id, area)
        return self._names[found] if found is not None else None

    def heirs(self, ending: str, procedure_id: int) -> list[str]:
        """Give all who take over any dossier of a procedure, those named by procedure alone."""
        claims = [one for one in self._claims.get(ending, ()) if one.procedure == procedure_id]
        claims = claims or [one for one in self._claims.get(ending, ()) if one.procedure is None]
        return list(dict.fromkeys(self._names[one.heir] for one in claims))

    def name(self, code: str) -> str:
        """Give the Vietnamese name of an agency of the plan, else its code."""
        node = self.ending.get(code) or self.staying.get(code)
        return node.name_vi if node else self.founded.get(code, code)

    @cached_property
    def posts(self) -> list[Going]:
        """The posts held at ending agencies on the day or later, with where they go."""
        rows = Appointment.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=self.order.on), agency__in=self.codes
        )
        found, general = [], self.order.general()
        seats: dict[str, list[Seat]] = {}
        for one in self.order.seats:
            seats.setdefault(one.number, []).append(one)
        for row in rows.select_related("officer").order_by("pk"):
            ending = self.codes[row.agency_id]
            number = row.officer.staff_number
            to = seat_for(seats.get(number, ()), general.get(ending), number, ending, row.post)
            found.append(Going(row, ending, to))
        return found

    @cached_property
    def lent(self) -> QuerySet[Delegation]:
        """The powers of those posts that are lent beyond the day."""
        rows = Delegation.objects.filter(agency__in=self.codes, valid_to__gt=self.order.on)
        return rows.order_by("pk")

    @cached_property
    def competences(self) -> QuerySet[Competence]:
        """What ending agencies were named to receive."""
        rows = Competence.objects.filter(agency__in=self.codes, valid_to=None)
        return rows.order_by("pk")

    @cached_property
    def staffed(self) -> set[tuple[str, str]]:
        """Who has which post after the reform: heir and post."""
        heirs = {node.id: code for code, node in self.staying.items() if code in self.order.heirs}
        rows = in_force(self.order.on).filter(agency__in=heirs).values_list("agency_id", "post")
        there = {(heirs[agency_id], post) for agency_id, post in rows}
        return there | {one.to for one in self.posts if one.to is not None and one.to[0]}

    @cached_property
    def held(self) -> list[Held]:
        """What else of the ending agencies goes to heirs."""
        by_area = any(one.areas for one in self.order.successions)
        return [
            held for one in followers() for held in one.held(sorted(self.codes), by_area=by_area)
        ]

    def heir_of_held(self, one: Held) -> str | None:
        """Give the code of who takes it over; None where the plan does not say."""
        return self.heir(self.codes[one.agency_id], NO_PROCEDURE, one.area)

    @cached_property
    def work(self) -> list[Work]:
        """The open work of the ending agencies."""
        return [*_open_work(self.codes)]


_IDS = 500


def _open_work(codes: dict[int, str]) -> Iterator[Work]:
    ids = sorted(codes)
    for start in range(0, len(ids), _IDS):
        some = ids[start : start + _IDS]
        for agency_id, procedure_id, area, post, is_leg, count, named in reading().all(
            _work_at(len(some)), *some
        ):
            told = (codes[agency_id], procedure_id, area, post, bool(is_leg), count, named)
            yield Work(*told)


def _work_at(number: int) -> Sql:
    return Sql(
        "SELECT w.agency_id, d.procedure_id, d.area, w.post,"
        " CASE WHEN w.leg IS NULL THEN 0 ELSE 1 END, COUNT(*), COUNT(w.officer_id)"
        " FROM dossiers_workitem w JOIN dossiers_dossier d ON d.id = w.dossier_id"
        f" WHERE w.ended_at IS NULL AND w.agency_id IN ({marks(number)})"
        " GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
        anew=True,
    )
