"""Who answers for the people of an agency: heads there, and those of the agencies above it."""

from __future__ import annotations

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import tree
from motcua.core.procedures.systems import head_posts, organising_posts


def heads(actor: Actor, agency_id: int) -> bool:
    """Tell whether an actor answers for the people of an agency: by a post of their own."""
    return _holds_above(actor, head_posts(), agency_id)


def draws(actor: Actor, agency_id: int) -> bool:
    """Tell whether an actor may draw up what becomes of an agency: who organises, or heads."""
    return _holds_above(actor, head_posts() | organising_posts(), agency_id)


def _holds_above(actor: Actor, posts: frozenset[str], agency_id: int) -> bool:
    above = tree().chain(agency_id)
    return any(held.post in posts and held.agency_id in above for held in actor.posts)
