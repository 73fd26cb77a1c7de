"""Who may give which post: heads, and for posts of weight those who stand above them."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.access.keepers import DATA_KEEPER, SYSTEM_KEEPER
from motcua.core.agencies.queries import agency, tree
from motcua.core.procedures.systems import (
    audit_posts,
    head_posts,
    organising_posts,
    signing_posts,
    systems,
)
from motcua.core.staff.rules import ProofWanted
from motcua.kernel.errors import Refused


class NotTheirsToGive(Refused):
    """The post is beyond what the actor may give."""

    code = "staff.not_theirs_to_give"
    vi = (
        "Bạn không bổ nhiệm được vị trí này. Vị trí thường: người đứng đầu cơ quan đó hoặc cấp"
        " trên; vị trí đứng đầu hoặc ký: lãnh đạo cấp trên; vị trí giữ dữ liệu, quản trị hệ thống,"
        " thanh tra, tổ chức bộ máy: lãnh đạo của thành phố."
    )
    en = (
        "This post is not yours to give. Plain posts: a head there or above; posts that head or"
        " sign: a signing head above; keepers, auditors, organisers: a signing head of the city."
    )
    status = 403


def check_appoints(actor: Actor, agency_id: int, post: str) -> None:
    """Refuse who may not give a post, or end it; raises `NotTheirsToGive`.

    A post of weight is given by whoever has just proven who they are: raises `ProofWanted`.
    """
    if not appoints(actor, agency_id, post):
        raise NotTheirsToGive
    if not actor.proven and (post in _of_the_house() or post in head_posts() | signing_posts()):
        raise ProofWanted


def appoints(actor: Actor, agency_id: int, post: str) -> bool:
    """Tell whether an actor may give a post in an agency, or end it.

    Else a head could make themself or a friend what no head is: who signs, audits or keeps.
    """
    if not heads(actor, agency_id):
        return False
    if post in _of_the_house():
        return _signs_in(actor, (tree().chain(agency_id)[-1],))
    if post in head_posts() | signing_posts():
        above = tree().chain(agency_id)[1:]
        return _signs_in(actor, above or (agency_id,))
    return True


def posts_to_give(actor: Actor, agency_id: int) -> list[str]:
    """Give the posts that an actor may give in an agency, in the order of the declarations."""
    known = dict.fromkeys(post for one in systems() for post in one.declaration.posts)
    return [post for post in known if appoints(actor, agency_id, post)]


def agencies_headed(actor: Actor, on: datetime.date) -> list[int]:
    """Give the living agencies for whose people an actor answers."""
    living = tree().living(on)
    return [node.id for node in living if heads(actor, agency(node.id).id)]


def _of_the_house() -> frozenset[str]:
    return audit_posts() | organising_posts() | {SYSTEM_KEEPER, DATA_KEEPER}


def _signs_in(actor: Actor, agencies: tuple[int, ...]) -> bool:
    both = head_posts() & signing_posts()
    return any(held.post in both and held.agency_id in agencies for held in actor.posts)
