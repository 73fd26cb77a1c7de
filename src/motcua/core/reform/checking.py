"""Everything that forbids a plan of a reform: asked when it is drawn up, and again on its day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from motcua.core.agencies.queries import Node, competences, tree
from motcua.core.clock.calendars import calendars
from motcua.core.procedures.queries import published
from motcua.core.procedures.systems import systems
from motcua.core.reform import faults
from motcua.core.reform.ground import Ground
from motcua.core.reform.models import Reform
from motcua.core.reform.reading import read_plan
from motcua.kernel.codes.agency import AgencyCodeMalformed, parse_agency_code
from motcua.kernel.errors import Refused

_ALL = 100  # percent


def faults_of(ground: Ground, *, but: int | None = None) -> list[Refused]:
    """Give all that forbids the plan; `but` is the plan itself where it is kept already."""
    return [
        *_agencies(ground),
        *_foundings(ground),
        *_claims(ground),
        *_heirless(ground),
        *_unheired(ground),
        *_people(ground),
        *_elsewhere(ground, but),
    ]


def warnings_of(ground: Ground) -> list[Refused]:
    """Give what somebody should see to before the day: what nobody could take up or keep."""
    lacking: Counter[tuple[str, str]] = Counter()
    for one in ground.work:
        heir = ground.heir(one.ending, one.procedure_id, one.area)
        if heir is not None and (heir, one.post) not in ground.staffed:
            lacking[heir, one.post] += one.count
    return [
        *(
            faults.NobodyThere(agency=ground.name(heir), post=post, count=count).at("heir", heir)
            for (heir, post), count in sorted(lacking.items())
        ),
        *_unkept(ground),
    ]


def _unkept(ground: Ground) -> Iterator[Refused]:
    lacking: Counter[str] = Counter()
    for one in ground.held:
        heir = ground.heir_of_held(one)
        if heir is not None and not any((heir, post) in ground.staffed for post in one.posts):
            lacking[heir] += one.count
    for heir, count in sorted(lacking.items()):
        yield faults.NobodyKeeps(agency=ground.name(heir), count=count).at("heir", heir)


def _agencies(ground: Ground) -> Iterator[Refused]:
    for code in ground.order.ending:
        if code not in ground.ending:
            yield faults.NotEnding(agency=code).at("from", code)
    for code in ground.order.heirs:
        if code in ground.staying or code in ground.founded:
            continue
        ends = code in ground.ending
        fault = faults.HeirEnds if ends else faults.HeirNotThere
        yield fault(agency=code).at("heir", code)
    for node in ground.staying.values():
        if node.parent_id in ground.codes:
            parent = ground.name(ground.codes[node.parent_id])
            left = faults.ChildLeft(agency=node.name_vi, parent=parent)
            yield left.at("from", ground.codes[node.parent_id])


def _foundings(ground: Ground) -> Iterator[Refused]:
    codes = Counter(one.code for one in ground.order.founds)
    lasting = {n.code for n in tree().nodes.values() if n.valid_to is None} - ground.ending.keys()
    for one in ground.order.founds:
        try:
            parse_agency_code(one.code)
        except AgencyCodeMalformed as malformed:
            yield malformed
        if codes[one.code] > 1 or one.code in ground.staying or one.code in lasting:
            yield faults.FoundedTwice(agency=one.code).at("found", one.code)
        if one.calendar not in {*calendars}:
            lacks = faults.CalendarMissing(agency=one.code, calendar=one.calendar)
            yield lacks.at("found", one.code)
        if one.parent not in ground.staying and one.parent not in ground.founded:
            there = faults.ParentNotThere(agency=one.code, parent=one.parent)
            yield there.at("found", one.code)


def _claims(ground: Ground) -> Iterator[Refused]:
    for ending, procedure, area in ground.order.twice():
        name = ground.name(ending)
        two = faults.TwoHeirs(agency=name, procedure=procedure or "–", area=area or "–")
        every = faults.TwoGeneralHeirs(agency=name)
        yield (two if procedure or area else every).at("from", ending)
    for ending, total in ground.order.shared().items():
        if total > _ALL:
            yield faults.SharesOver(agency=ground.name(ending), total=total).at("from", ending)
    named = {code for one in ground.order.successions for code in one.procedures}
    for code in sorted(named - ground.procedures.keys()):
        yield faults.UnknownProcedure(procedure=code)


def _heirless(ground: Ground) -> Iterator[Refused]:
    """Every procedure that an agency has open or receives needs an heir."""
    general = ground.order.general()
    codes = {number: code for code, number in ground.procedures.items()}
    lacking: dict[tuple[str, str, str], None] = {}
    for one in ground.work:
        if ground.heir(one.ending, one.procedure_id, one.area) is None:
            lacking[one.ending, codes[one.procedure_id], one.area] = None
    for code, node in ground.ending.items():
        for procedure in () if code in general else received(node, ground):
            if ground.heir(code, ground.procedures[procedure]) is None:
                lacking[code, procedure, ""] = None
    for ending, procedure, area in lacking:
        name = ground.name(ending)
        here = faults.NoHeirOfArea(agency=name, procedure=procedure, area=area)
        lacks = here if area else faults.NoHeir(agency=name, procedure=procedure)
        yield lacks.at("from", ending)


def _unheired(ground: Ground) -> Iterator[Refused]:
    """Every record that an agency keeps needs an heir."""
    left: Counter[str] = Counter()
    for held in ground.held:
        if ground.heir_of_held(held) is None:
            left[ground.codes[held.agency_id]] += held.count
    for ending, count in sorted(left.items()):
        yield faults.NoHeirOfRecords(agency=ground.name(ending), count=count).at("from", ending)


def received(node: Node, ground: Ground) -> Iterator[str]:
    """Give the procedures that an agency receives: by a competence, or as one of its tier."""
    named = competences(ground.order.on)
    for one in published():
        told = one.declaration
        holders = named.get(told.code)
        if node.id in holders if holders is not None else node.tier in (told.tiers or {node.tier}):
            yield told.code


def _people(ground: Ground) -> Iterator[Refused]:
    for one in ground.posts:
        row = one.appointment
        who = {"officer": row.officer.name, "agency": ground.name(one.ending)}
        if row.valid_from >= ground.order.on:
            yield faults.AppointedLater(**who).at("from", one.ending)
        elif one.to is None:
            yield faults.OfficerAstray(**who, post=row.post).at("from", one.ending)
    held = {
        (g.appointment.officer.staff_number, g.ending, g.appointment.post): g for g in ground.posts
    }
    posts = {post for system in systems() for post in system.declaration.posts}
    for seat in ground.order.seats:
        if seat.new and seat.new not in posts:
            unknown = faults.UnknownPost(officer=seat.number, post=seat.new)
            yield unknown.at("officer", seat.number)
        if not any(
            number == seat.number and seat.ending in {"", ending} and seat.post in {"", post}
            for number, ending, post in held
        ):
            yield faults.UnknownSeat(officer=seat.number).at("officer", seat.number)


def _elsewhere(ground: Ground, but: int | None) -> Iterator[Refused]:
    rows = Reform.objects.filter(state=Reform.State.PLANNED).order_by("pk")
    for row in rows:
        if row.pk == but:
            continue
        for code in read_plan(row.text).ending:
            if code in ground.ending:
                planned = faults.AlreadyPlanned(agency=ground.name(code), reform=row.pk)
                yield planned.at("from", code)


def above_all(ground: Ground) -> tuple[int, ...]:
    """Give the agencies that answer for all that the plan touches, nearest first.

    They stand above every agency that ends; and above every heir and every new one, or are these:
    else a plan could give somebody a post where its author has no say.
    """
    chains = [tree().chain(node.id)[1:] or (node.id,) for node in ground.ending.values()]
    if not chains:
        return ()
    found = [one.parent for one in ground.order.founds]
    for code in dict.fromkeys([*ground.order.heirs, *found]):
        node = ground.staying.get(code)
        if node is not None and code not in ground.founded:
            chains.append(tree().chain(node.id))
    return tuple(one for one in chains[0] if all(one in chain for chain in chains))
