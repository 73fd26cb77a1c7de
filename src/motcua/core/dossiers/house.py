"""Do the rules in force agree with the house's own entries: versions, appointments, competences?

Who changes a limit or gives themselves a post behind the acts' back decides dossiers by acts that
look lawful, so these rows are compared with what the house told of them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from motcua.core.agencies.models import Appointment, Competence
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.procedures.models import Version
from motcua.core.sql import still

Told = Counter[tuple[object, ...]]


def check_house() -> Iterator[Finding]:
    """Give every rule in force that no entry of the house explains, and every one that is gone."""
    with still():
        told, kept = _told(), _kept()
    for what in sorted((told - kept) | (kept - told), key=str):
        yield Finding(
            "state.house_differs",
            f"Khác với sổ cái của hệ thống: {_named(what)}.",
            f"Differs from the house's own entries: {_named(what)}.",
            HOUSE,
        )


def _told() -> Told:
    told: Told = Counter()
    for body in Entry.objects.of(HOUSE).filter(act__in=_ACTS).values_list("body", flat=True):
        entry = json.loads(body)
        _ACTS[entry["act"]](told, entry["data"])
    return told


def _publish(told: Told, data: dict[str, Any]) -> None:
    version = ("version", data["version"], data["procedure"], data["number"])
    told[(*version, "published", data["digest"])] += 1
    for one in [one for one in told if one[:2] == ("version", data["retired"])]:
        del told[one]
        told[(*one[:4], "retired", one[5])] += 1


def _found(told: Told, data: dict[str, Any]) -> None:
    told.update(("competence", data["agency"], procedure) for procedure in data["receives"])


def _appoint(told: Told, data: dict[str, Any]) -> None:
    reads = data["reads"]
    told["post", data["officer"], data["agency"], data["post"], data["from"], reads] += 1


_ACTS = {"publish": _publish, "found": _found, "appoint": _appoint}


def _kept() -> Told:
    """Give the rows as entries tell them; none tells one that ends, for no act ends one yet."""
    kept: Told = Counter()
    for row in Version.objects.exclude(state=Version.State.DRAFT).select_related("procedure"):
        digest = hashlib.sha256(row.body.encode()).hexdigest()
        kept["version", row.pk, row.procedure.code, row.number, row.state, digest] += 1
    for agency, procedure, to in Competence.objects.values_list(*_COMPETENCE):
        kept["competence", agency, procedure, *_end(to)] += 1
    for officer, agency, post, since, reads, to in Appointment.objects.values_list(*_POST):
        kept["post", officer, agency, post, since.isoformat(), reads, *_end(to)] += 1
    return kept


_COMPETENCE = ("agency_id", "procedure", "valid_to")
_POST = ("officer_id", "agency__code", "post", "valid_from", "reads_agency", "valid_to")


def _end(to: date | None) -> tuple[str, ...]:
    return () if to is None else (to.isoformat(),)


def _named(what: tuple[object, ...]) -> str:
    return " ".join(str(part)[:40] for part in what)
