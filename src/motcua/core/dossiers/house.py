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

from motcua.core.agencies.models import (
    Absence,
    Agency,
    Appointment,
    Competence,
    Delegation,
    Heir,
)
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Interest, Officer
from motcua.core.people.numbers import bound
from motcua.core.procedures.models import PublishedMap, Version
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
        data = {**entry["data"], "bound": entry["commitments"], "at": entry["at"]}
        _ACTS[entry["act"]](told, data)
    return told


def digest_of(text: str) -> str:
    """Give the SHA-256 of a text in force, as its entry tells it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _publish(told: Told, data: dict[str, Any]) -> None:
    version = ("version", data["version"], data["procedure"], data["number"])
    told[(*version, "published", data["digest"])] += 1
    for one in [one for one in told if one[:2] == ("version", data["retired"])]:
        del told[one]
        told[(*one[:4], "retired", one[5])] += 1


def _publish_map(told: Told, data: dict[str, Any]) -> None:
    told["map", data["map"], *data["versions"], data["digest"]] += 1


def _found(told: Told, data: dict[str, Any]) -> None:
    told.update(("competence", data["agency"], procedure) for procedure in data["receives"])


def _appoint(told: Told, data: dict[str, Any]) -> None:
    reads = data["reads"]
    told["post", data["officer"], data["agency"], data["post"], data["from"], reads] += 1


def _delegate(told: Told, data: dict[str, Any]) -> None:
    told[_lent(data["row"], None, data, data["bound"][0])] += 1


def _be_away(told: Told, data: dict[str, Any]) -> None:
    told["absence", data["row"], data["officer"], data["stand_in"], data["from"], data["to"]] += 1
    for (row, lent), bound_by in zip(data["lent"], data["bound"], strict=True):
        told[_lent(row, data["row"], lent, bound_by)] += 1


def _lent(row: int, absence: int | None, data: dict[str, Any], bound_by: str) -> tuple[object, ...]:
    """The days end it: an act that shortens them replaces the last part."""
    said = (str(data[one]) for one in _LENT)
    return ("delegation", row, absence, *said, bound_by, data["to"])


_LENT = ("giver", "agency", "post", "taker", "capacity", "procedures", "moves", "from")


def _revoke(told: Told, data: dict[str, Any]) -> None:
    _shorten(told, data["to"], [one for one in told if one[:2] == ("delegation", data["row"])])


def _come_back(told: Told, data: dict[str, Any]) -> None:
    lent = [one for one in told if one[0] == "delegation" and one[2] == data["row"]]
    own = [one for one in told if one[:2] == ("absence", data["row"])]
    _shorten(told, data["to"], [*own, *lent])


def _shorten(told: Told, to: str, these: list[tuple[object, ...]]) -> None:
    for one in these:
        del told[one]
        told[(*one[:-1], to)] += 1


def _declare(told: Told, data: dict[str, Any]) -> None:
    told["interest", data["row"], data["officer"], data["kind"], data["bound"][0], False] += 1


def _end_interest(told: Told, data: dict[str, Any]) -> None:
    for one in [one for one in told if one[:2] == ("interest", data["row"])]:
        del told[one]
        told[(*one[:-1], True)] += 1


def _leave(told: Told, data: dict[str, Any]) -> None:
    """Every post that lasts longer ends on the day, and so does what was lent."""
    officer, on = data["row"], data["on"]
    told["left", officer, on] += 1
    for one in [one for one in told if one[:2] == ("post", officer) and _lasts(one, on)]:
        del told[one]
        told[(*one[:_POST_TO], on)] += 1


def _end_post(told: Told, data: dict[str, Any]) -> None:
    officer, agency, post, since, on = data["ended"]
    held = ("post", officer, agency, post, since)
    for one in [one for one in told if one[:5] == held and _lasts(one, on)]:
        del told[one]
        told[(*one[:_POST_TO], on)] += 1


def _transfer(told: Told, data: dict[str, Any]) -> None:
    _end_post(told, data)
    _appoint(told, data)


def _reform(told: Told, data: dict[str, Any]) -> None:
    """Agencies end; their posts, lent powers and competences go on with their heirs."""
    on = data["on"]
    told.update(("ended", agency, on) for agency in data["ended"])
    told.update(("heir", *heir, on) for heir in data["heirs"])
    for officer, ending, post, since, heir, new in data["posts"]:
        held = ("post", officer, ending, post, since)
        for one in [one for one in told if one[:5] == held and _lasts(one, on)]:
            del told[one]
            told[(*one[:_POST_TO], on)] += 1
            if heir is not None:
                told[("post", officer, heir, new, on, *one[5:])] += 1
    bound = iter(data["bound"])
    for row, to, new, absence, lent in data["lent"]:
        _shorten(told, to, [one for one in told if one[:2] == ("delegation", row)])
        if new is not None:
            told[_lent(new, absence, lent, next(bound))] += 1
    for agency, procedure, heirs in data["received"]:
        told["competence", agency, procedure] -= 1
        told["competence", agency, procedure, on] += 1
        told.update(("competence", heir, procedure) for heir in heirs)


_POST_TO = 6


def _lasts(post: tuple[object, ...], on: str) -> bool:
    return len(post) == _POST_TO or str(post[_POST_TO]) > on


_ACTS = {
    "publish": _publish,
    "publish_map": _publish_map,
    "found": _found,
    "appoint": _appoint,
    "delegate": _delegate,
    "revoke": _revoke,
    "be_away": _be_away,
    "come_back": _come_back,
    "declare_interest": _declare,
    "end_interest": _end_interest,
    "leave": _leave,
    "end_post": _end_post,
    "transfer": _transfer,
    "reform_in_force": _reform,
}


def _kept() -> Told:
    """Give the rows as entries tell them."""
    kept: Told = Counter()
    for row in Version.objects.exclude(state=Version.State.DRAFT).select_related("procedure"):
        digest = digest_of(row.body)
        kept["version", row.pk, row.procedure.code, row.number, row.state, digest] += 1
    for one in PublishedMap.objects.all():
        kept["map", one.pk, one.source_id, one.target_id, digest_of(one.text)] += 1
    for agency, procedure, to in Competence.objects.values_list(*_COMPETENCE):
        kept["competence", agency, procedure, *_end(to)] += 1
    for agency, to in Agency.objects.exclude(heirs=None).values_list("pk", "valid_to").distinct():
        kept["ended", agency, *_end(to)] += 1
    for heir in Heir.objects.all():
        of = (heir.agency_id, heir.heir_id, heir.procedure, heir.area)
        kept[("heir", *of, heir.since.isoformat())] += 1
    for officer, agency, post, since, reads, to in Appointment.objects.values_list(*_POST):
        kept["post", officer, agency, post, since.isoformat(), reads, *_end(to)] += 1
    return kept + _kept_of_people()


def _kept_of_people() -> Told:
    kept: Told = Counter()
    for lent in Delegation.objects.all():
        by = commitment(bytes(lent.salt), lent.document)
        kept[_lent(lent.pk, lent.absence_id, lent.told(), by)] += 1
    for away in Absence.objects.all():
        days = (away.valid_from.isoformat(), away.valid_to.isoformat())
        kept["absence", away.pk, away.officer_id, away.stand_in_id, *days] += 1
    for one in Interest.objects.all():
        by = commitment(bytes(one.salt), bound(bytes(one.number_hash), one.tax_code))
        kept["interest", one.pk, one.officer_id, one.kind, by, one.ended] += 1
    for officer, on in Officer.objects.exclude(left_on=None).values_list("pk", "left_on"):
        kept["left", officer, on.isoformat() if on else None] += 1
    return kept


_COMPETENCE = ("agency_id", "procedure", "valid_to")
_POST = ("officer_id", "agency__code", "post", "valid_from", "reads_agency", "valid_to")


def _end(to: date | None) -> tuple[str, ...]:
    return () if to is None else (to.isoformat(),)


def _named(what: tuple[object, ...]) -> str:
    return " ".join(str(part)[:40] for part in what)
