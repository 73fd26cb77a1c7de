"""From a receiver to an e-mail address; other owners of addresses add their own look-up.

A telephone (`phone:84912345678`) is reached through the e-mail-to-SMS gateway of an operator.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from motcua.core.sql import Sql, reading

Lookup = Callable[[int], str | None]

# Asked once for every message that goes out, so not through the ORM.
_OF_PARTY = Sql("SELECT email FROM people_party WHERE id = %s")
_OF_OFFICER = Sql("SELECT email FROM people_officer WHERE id = %s")


def _party(number: int) -> str | None:
    return _found(_OF_PARTY, number)


def _officer(number: int) -> str | None:
    return _found(_OF_OFFICER, number)


def _found(asked: Sql, number: int) -> str | None:
    row = reading().one(asked, number)
    return row[0] if row else None


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
