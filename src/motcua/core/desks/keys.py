"""Whether the keys of the desk are on for an officer: they are, until switched off."""

from __future__ import annotations

from motcua.core.access.actors import Actor
from motcua.core.desks.models import KeysOff


def are_on(officer_id: int) -> bool:
    """Tell whether the keys are on."""
    return not KeysOff.objects.filter(pk=officer_id).exists()


def switch(*, actor: Actor, on: bool) -> None:
    """Switch the keys of the actor's desk on or off; again is the same."""
    if actor.officer_id is None:
        return
    if on:
        KeysOff.objects.filter(pk=actor.officer_id).delete()
    else:
        KeysOff.objects.get_or_create(pk=actor.officer_id)
