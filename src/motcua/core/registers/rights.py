"""Who reads and who keeps the records of a register (DESIGN §7, ADR 0039)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from motcua.core.access.actors import Actor, house
from motcua.core.access.masks import has_clearance
from motcua.core.agencies.powers import Held
from motcua.core.agencies.queries import Node, tree
from motcua.core.registers.declaration import Readers, RegisterDeclaration
from motcua.core.registers.models import Record
from motcua.kernel.errors import Refused


class OfficersRead(Refused):
    """Somebody who is no officer in service asks for a register."""

    code = "registers.officers_read"
    vi = "Chỉ cán bộ đang giữ một vị trí được xem sổ đăng ký."
    en = "Only officers who hold a post read registers."
    status = 403


class NotYourRegister(Refused):
    """The actor does not keep this register for that agency."""

    code = "registers.not_yours"
    vi = "Bạn không phụ trách sổ này ở cơ quan đó nên không ghi vào được."
    en = "You do not keep this register for that agency, so you cannot write in it."
    status = 403


class NoSuchRecord(Refused):
    """There is no such record, or the actor may not know of it."""

    code = "registers.no_such_record"
    vi = "Không có bản ghi này trong sổ."
    en = "There is no such record in the register."
    status = 404


def day_of(at: datetime.datetime) -> datetime.date:
    """Give the day of an instant where the city is."""
    return timezone.localtime(at).date()


def readable_agencies(actor: Actor, declaration: RegisterDeclaration) -> Collection[int] | None:
    """Give the agencies whose records an actor reads; None: all of them.

    Those in which they keep the register or read everything, and what is below. Raises
    `OfficersRead`, except of a public register.
    """
    if declaration.readers is Readers.PUBLIC:
        return None
    if actor.officer_id is None or not (actor.posts or actor.lent):
        raise OfficersRead
    if declaration.readers is Readers.OFFICERS:
        return None
    tops = {
        held.agency_id
        for held in actor.posts
        if held.reads_agency or held.post in declaration.posts
    } | {agency_id for agency_id, post in _lent(actor) if post in declaration.posts}
    known = tree()
    return sorted(one for one in known.nodes if not tops.isdisjoint(known.chain(one)))


def readable(actor: Actor, declaration: RegisterDeclaration) -> QuerySet[Record]:
    """Give the records of a register that an actor may read. Raises `OfficersRead`."""
    rows = Record.objects.filter(register=declaration.key)
    agencies = readable_agencies(actor, declaration)
    return rows if agencies is None else rows.filter(agency__in=agencies)


def record_of(actor: Actor, declaration: RegisterDeclaration, number: int) -> Record:
    """Give one record. Raises `NoSuchRecord` where it is not there or not for this actor."""
    found = readable(actor, declaration).filter(pk=number).first()
    if found is None:
        raise NoSuchRecord
    return found


def keeps(actor: Actor, declaration: RegisterDeclaration, agency_id: int) -> bool:
    """Tell whether an actor writes into the register for an agency."""
    held = [(one.agency_id, one.post) for one in actor.posts]
    return any(
        agency == agency_id and post in declaration.posts for agency, post in [*held, *_lent(actor)]
    )


def house_keeper(job: str, declaration: RegisterDeclaration, agency_id: int) -> Actor:
    """Give the house itself as a keeper of the register for an agency: it writes, and reads none.

    For what comes in with nobody at a desk: a file by the command line, a form of the portal.
    """
    held = tuple(Held(agency_id, post, reads_agency=False) for post in sorted(declaration.posts))
    return replace(house(job), posts=held)


def must_keep(actor: Actor, declaration: RegisterDeclaration, agency_id: int) -> None:
    """Refuse who does not keep the register there: `NotYourRegister`."""
    if not keeps(actor, declaration, agency_id):
        raise NotYourRegister


def kept_agencies(
    actor: Actor, declaration: RegisterDeclaration, on: datetime.date
) -> tuple[Node, ...]:
    """Give the living agencies, of fitting tiers, for which an actor enters new records."""
    return tuple(
        node
        for node in tree().living(on)
        if (not declaration.tiers or node.tier in declaration.tiers)
        and keeps(actor, declaration, node.id)
    )


def sees_clear(actor: Actor, agency_id: int) -> bool:
    """Tell whether an actor sees the personal values of an agency's records in clear."""
    return has_clearance(actor, agencies=[agency_id], applicant_id=None)


def _lent(actor: Actor) -> list[tuple[int, str]]:
    """Give the posts lent whole: what is lent for some procedures or moves keeps no register."""
    return [(one.agency_id, one.post) for one in actor.lent if not one.procedures and not one.moves]
