"""Who reads official documents, and who may draft, review, sign and issue them (DESIGN §7).

Posts decide, and they are declared in each `system.toml`: heads review, posts that sign sign,
posts that issue (the clerk, văn thư) number, seal, register and send. Whoever holds any post in an
agency may draft for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Delegation
from motcua.core.agencies.queries import Node, in_force, tree
from motcua.core.official.faults import NoSuchDocument, NotYourAgency, OfficersOnly
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.rules import GONE_OUT, Role
from motcua.core.procedures.systems import head_posts, issuing_posts, signing_posts


def day_of(at: datetime.datetime) -> datetime.date:
    """Give the day of an instant where the city is."""
    return timezone.localtime(at).date()


def must_serve(actor: Actor) -> None:
    """Refuse who is no officer in service: `OfficersOnly`."""
    if actor.officer_id is None or not (actor.posts or actor.lent):
        raise OfficersOnly


def readable(actor: Actor) -> QuerySet[OutgoingDocument]:
    """Give the outgoing documents that an actor may read. Raises `OfficersOnly`.

    What went out: whoever holds a post in its agency, or reads an agency above it. What has not
    gone out: who drafted it, and who reviews, signs or issues there. A copy of an incoming document
    is for nobody who may not read that one.
    """
    must_serve(actor)
    wide, own = _overseen(actor), _own(actor)
    near = sorted(
        one for one in own if not _posts_in(actor, one).isdisjoint(_deciding()) or one in wide
    )
    rows = OutgoingDocument.objects.all()
    out = Q(state__in=GONE_OUT) & (
        Q(agency__in=sorted(own | wide), copied_arrival=None)
        | Q(agency__in=sorted(wide))
        | Q(copied_arrival__handler=actor.officer_id)
    )
    return rows.filter(Q(agency__in=near) | Q(drafted_by=actor.key) | out)


def document_of(actor: Actor, number: int) -> OutgoingDocument:
    """Give one outgoing document. Raises `NoSuchDocument` where it is not for this actor."""
    rows = readable(actor).select_related(
        "agency", "signer", "about", "ended_by", "copied", "copied_arrival"
    )
    found = rows.filter(pk=number).first()
    if found is None:
        raise NoSuchDocument
    return found


def readable_arrivals(actor: Actor) -> QuerySet[IncomingDocument]:
    """Give the incoming documents that an actor may read. Raises `OfficersOnly`.

    Clerks and heads of the agency and who reads an agency above it see all; others what is theirs.
    """
    must_serve(actor)
    deciding = {one for one in _own(actor) if not _posts_in(actor, one).isdisjoint(_deciding())}
    near = sorted(deciding | _overseen(actor))
    return IncomingDocument.objects.filter(Q(agency__in=near) | Q(handler=actor.officer_id))


def arrival_of(actor: Actor, number: int) -> IncomingDocument:
    """Give one incoming document. Raises `NoSuchDocument` where it is not for this actor."""
    rows = readable_arrivals(actor).select_related("agency", "handler", "file")
    found = rows.filter(pk=number).first()
    if found is None:
        raise NoSuchDocument
    return found


def roles(actor: Actor, row: OutgoingDocument) -> frozenset[Role]:
    """Give what an actor is to a document."""
    posts = _posts_in(actor, row.agency_id)
    found = set()
    if row.drafted_by == actor.key and posts:
        found.add(Role.DRAFTER)
    if not posts.isdisjoint(head_posts()) and row.drafted_by != actor.key:
        found.add(Role.REVIEWER)
    if actor.officer_id == row.signer_id:
        found.add(Role.SIGNER)
    if not posts.isdisjoint(issuing_posts()):
        found.add(Role.CLERK)
    return frozenset(found)


def drafting_agencies(actor: Actor, on: datetime.date) -> tuple[Node, ...]:
    """Give the living agencies for which an actor may draft."""
    own = _own(actor)
    return tuple(node for node in tree().living(on) if node.id in own)


def must_draft(actor: Actor, agency_id: int, on: datetime.date) -> None:
    """Refuse who holds no post in a living agency: `NotYourAgency`."""
    must_serve(actor)
    if agency_id not in {one.id for one in drafting_agencies(actor, on)}:
        raise NotYourAgency


def clerk_agencies(actor: Actor, on: datetime.date) -> tuple[Node, ...]:
    """Give the living agencies whose documents an actor issues and registers."""
    return tuple(
        node
        for node in tree().living(on)
        if not _posts_in(actor, node.id).isdisjoint(issuing_posts())
    )


def must_keep_books(actor: Actor, agency_id: int) -> None:
    """Refuse who is no clerk there: `NotYourAgency`."""
    if _posts_in(actor, agency_id).isdisjoint(issuing_posts()):
        raise NotYourAgency


def is_head(actor: Actor, agency_id: int) -> bool:
    """Tell whether an actor gives out the work of an agency."""
    return not _posts_in(actor, agency_id).isdisjoint(head_posts())


def may_sign(officer_id: int, agency_id: int, authority: str, on: datetime.date) -> bool:
    """Tell whether an officer may sign for an agency in this way on a day.

    By a post that signs there, or (KT., TL., TUQ.) by a power that such a post has lent them whole.
    """
    signing = sorted(signing_posts())
    held = in_force(on).filter(officer=officer_id, agency=agency_id, post__in=signing)
    if authority in {"", "TM.", "KT.", "Q."} and held.exists():
        return True
    lent = Delegation.objects.filter(
        taker=officer_id,
        agency=agency_id,
        post__in=signing,
        capacity=authority,
        procedures="[]",
        moves="[]",
        valid_from__lte=on,
        valid_to__gt=on,
    )
    return lent.exists()


def signers_of(agency_id: int, on: datetime.date) -> tuple[tuple[int, str, str], ...]:
    """Give id, name and way of signing of those who may sign for an agency on a day, by name."""
    signing = sorted(signing_posts())
    held = in_force(on).filter(agency=agency_id, post__in=signing)
    found = {(pk, name, "") for pk, name in held.values_list("officer_id", "officer__name")}
    lent = Delegation.objects.filter(
        agency=agency_id, post__in=signing, procedures="[]", moves="[]"
    ).filter(valid_from__lte=on, valid_to__gt=on)
    found |= {
        (pk, name, way) for pk, name, way in lent.values_list("taker_id", "taker__name", "capacity")
    }
    return tuple(sorted(found, key=lambda one: (one[1], one[2])))


def post_used(actor: Actor, agency_id: int, role: Role) -> str | None:
    """Give the post by which an actor acts in a role, for the ledger."""
    wanted = {
        Role.REVIEWER: head_posts(),
        Role.SIGNER: signing_posts(),
        Role.CLERK: issuing_posts(),
    }.get(role)
    posts = sorted(_posts_in(actor, agency_id))
    return next((one for one in posts if wanted is None or one in wanted), None)


def _deciding() -> frozenset[str]:
    return head_posts() | signing_posts() | issuing_posts()


def _own(actor: Actor) -> set[int]:
    return {one.agency_id for one in actor.posts} | {agency for agency, _ in _lent(actor)}


def _posts_in(actor: Actor, agency_id: int) -> set[str]:
    held = {one.post for one in actor.posts if one.agency_id == agency_id}
    return held | {post for agency, post in _lent(actor) if agency == agency_id}


def _overseen(actor: Actor) -> set[int]:
    tops = {one.agency_id for one in actor.posts if one.reads_agency}
    known = tree()
    return {one for one in known.nodes if not tops.isdisjoint(known.chain(one))} if tops else set()


def _lent(actor: Actor) -> Collection[tuple[int, str]]:
    """Give the posts lent whole: what is lent for some procedures or moves is none of this."""
    return [(one.agency_id, one.post) for one in actor.lent if not one.procedures and not one.moves]
