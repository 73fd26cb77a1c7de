"""From a receiver to an e-mail address; other owners of addresses add their own look-up.

A telephone (`phone:84912345678`) is reached through the e-mail-to-SMS gateway of an operator.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from motcua.core.people.models import Officer, Party

Lookup = Callable[[int], str | None]


def _party(number: int) -> str | None:
    return Party.objects.filter(id=number).values_list("email", flat=True).first()


def _officer(number: int) -> str | None:
    return Officer.objects.filter(id=number).values_list("email", flat=True).first()


def _phone(number: int) -> str | None:
    domain = settings.MOTCUA_PHONE_GATEWAY
    return f"{number}@{domain}" if domain else None


_LOOKUPS: dict[str, Lookup] = {"party": _party, "officer": _officer, "phone": _phone}


def look_up(kind: str, lookup: Lookup) -> None:
    """Let `lookup` answer for receivers `kind:NUMBER` (the composition root calls this)."""
    _LOOKUPS[kind] = lookup


def address_of(receiver: str) -> str | None:
    """Give the e-mail address of a receiver such as `party:12`, `None` where there is none."""
    kind, _, number = receiver.partition(":")
    lookup = _LOOKUPS.get(kind)
    if lookup is None or not number.isdecimal():
        return None
    return lookup(int(number)) or None
