"""Who came before: an applicant whom the counter need not ask again, found by a number of theirs.

An officer finds only applicants of dossiers that they may read and whose personal values are in
clear to them. The number itself never leaves this module but into a filing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.dossiers.clearance import is_clear_in_list
from motcua.core.dossiers.models import Dossier
from motcua.core.people.models import Party
from motcua.core.people.numbers import number_hash
from motcua.core.people.parties import as_stated
from motcua.kernel.codes import PersonalNumber, Phone, TaxCode
from motcua.kernel.errors import Refused

MOST = 5
"""So many identities are offered under one number; a telephone of a family has few."""
MOST_OTHERS = 10
_LOOKED_THROUGH = 60


class NotANumber(Refused):
    """What was typed is no telephone, no personal number and no tax code."""

    code = "dossiers.not_a_number"
    vi = "“{words}” không phải là số điện thoại, số định danh hay mã số thuế."
    en = "“{words}” is no telephone, personal number or tax code."


@dataclass(frozen=True, slots=True)
class Known:
    """An applicant as their latest dossier stated them, and which dossier that is."""

    dossier_id: int
    party: Party


def known_by(actor: Actor, words: str, *, on: datetime.date) -> list[Known]:
    """Give the applicants with this telephone, personal number or tax code, the latest first.

    Raises `NotANumber`.
    """
    found: dict[tuple[object, ...], Known] = {}
    for row in _dossiers(actor, _parties(words, on)):
        party = row.applicant
        if party is not None and party.name and is_clear_in_list(actor, row):
            found.setdefault(_identity(party), Known(row.pk, party))
    return list(found.values())[:MOST]


def others_of(actor: Actor, dossier_id: int, party: Party) -> list[Dossier]:
    """Give the latest other dossiers of whoever has a dossier's number, that an actor reads clear.

    Without a personal number or a tax code nobody is told apart from others of their name.
    """
    same = Q(tax_code=party.tax_code) if party.tax_code else Q()
    if party.number_hash:
        same |= Q(number_hash=bytes(party.number_hash))
    if not same:
        return []
    found = [row for row in _dossiers(actor, same) if row.pk != dossier_id]
    return [row for row in found if is_clear_in_list(actor, row)][:MOST_OTHERS]


def known_from(actor: Actor, dossier_id: int) -> Known | None:
    """Give the applicant of a dossier that an actor reads in clear; None for every other."""
    rows = visible(Dossier.objects.filter(pk=dossier_id), actor).select_related("applicant")
    row = rows.first()
    if row is None or row.applicant is None or not is_clear_in_list(actor, row):
        return None
    return Known(row.pk, row.applicant)


def number_of(known: Known) -> str:
    """Give the personal number, for a filing; a page shows its mask alone."""
    return as_stated(known.party)["number"]


def kind_of_number(words: str, *, on: datetime.date) -> str:
    """Tell which box about an applicant a number belongs in; empty where it is none."""
    return next(iter(_read_as(words, on)), "")


def _identity(party: Party) -> tuple[object, ...]:
    return (party.kind, party.name, bytes(party.number_hash), party.tax_code, party.phone)


def _dossiers(actor: Actor, wanted: Q) -> list[Dossier]:
    parties = Party.objects.filter(wanted).order_by("-pk").values_list("pk", flat=True)
    rows = Dossier.objects.filter(applicant_id__in=list(parties[:_LOOKED_THROUGH]))
    return list(visible(rows, actor).select_related("applicant").order_by("-pk"))


def _parties(words: str, on: datetime.date) -> Q:
    """Read a number as everything that it can be."""
    asked = Q()
    for name, value in _read_as(words, on).items():
        asked |= Q(number_hash=number_hash(value)) if name == "number" else Q(**{name: value})
    if not asked:
        raise NotANumber(words=words[:20])
    return asked


def _read_as(words: str, on: datetime.date) -> dict[str, str]:
    """Give what a number is by each reading that takes it, the surest first."""
    readings = {
        "number": lambda: PersonalNumber.parse(words, on=on).digits,
        "phone": lambda: Phone.parse(words).number,
        "tax_code": lambda: TaxCode.parse(words, on=on).text,
    }
    read = {name: _tried(parse) for name, parse in readings.items()}
    return {name: value for name, value in read.items() if value}


def _tried(parse: Callable[[], str]) -> str:
    try:
        return parse()
    except Refused:
        return ""
