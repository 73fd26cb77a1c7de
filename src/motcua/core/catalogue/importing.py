"""From a file of JSON rows to drafts: each row is one procedure, in one of the known forms."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from motcua.core.catalogue.content import Content, body_of, digest_of
from motcua.core.catalogue.facts import read_facts
from motcua.core.catalogue.faults import NotImportable, fault
from motcua.core.catalogue.levels import spans_of
from motcua.core.catalogue.listings import key_of, show
from motcua.core.catalogue.models import Edition, Listing, ServiceLevel
from motcua.core.catalogue.national import ID, read_national
from motcua.kernel.flow.faults import Fault

_NAME, _GROUP = 1000, 300


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be read: its line in the file, the key of its procedure, what it says."""

    line: int
    key: str
    content: Content


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do: the keys that are new, changed, and as they were."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]

    def told(self) -> dict[str, object]:
        """Give the counts and what was changed."""
        return {"new": len(self.new), "changed": list(self.changed), "same": len(self.same)}


def rows_of(text: str, source: str = "") -> tuple[Row, ...]:
    """Read every line of a file; raises `NotImportable` with all that is wrong with it."""
    faults: list[Fault] = []
    rows: dict[str, Row] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found: list[Fault] = []
        row = _row(number, line, source, found)
        if row is not None and row.key in rows:
            earlier = rows[row.key].line
            found.append(fault("catalogue.twice", "code", key=row.key, line=earlier))
        if row is not None and not found:
            rows[row.key] = row
        faults += [Fault(one.code, one.vi, one.en, f"{number}:{one.where}") for one in found]
    if faults:
        raise NotImportable(faults)
    return tuple(rows.values())


def _row(number: int, line: str, source: str, faults: list[Fault]) -> Row | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        faults.append(fault("catalogue.json", "", problem=str(wrong) or type(wrong).__name__))
        return None
    if not isinstance(told, dict):
        faults.append(fault("catalogue.json", "", problem=type(told).__name__))
        return None
    content = _content(told, source, faults)
    if content is None or faults:
        return None
    faults.extend(unkeepable(content))
    return None if faults else Row(number, key_of(content), content)


def _content(told: dict[str, Any], source: str, faults: list[Fault]) -> Content | None:
    if ID in told:
        return read_national(told, source, faults)
    if "code" in told and "name" in told:
        return read_facts(told, faults)
    faults.append(fault("catalogue.unknown_form", ""))
    return None


def unkeepable(content: Content) -> Iterator[Fault]:
    """Tell what no database would take, and names that lead nowhere."""
    try:
        body_of(content).encode()
    except UnicodeEncodeError:
        yield fault("catalogue.broken_text", "")
        return
    for name, limit in (("code", 40), ("name", _NAME), ("group", _GROUP), ("field", _GROUP)):
        text = content.text(name)
        if "\0" in text:
            yield fault("catalogue.broken_text", name)
        if len(text) > limit:
            yield fault("catalogue.too_long", name, key=name, length=len(text), limit=limit)
    if not content.text("name") or not key_of(content):
        yield fault("catalogue.missing_key", "name", key="name")


def drafted(rows: tuple[Row, ...], at: datetime.datetime, *, dry_run: bool) -> Report:
    """Make the rows drafts, inside the caller's transaction; a dry run writes nothing."""
    found: dict[str, list[str]] = {"new": [], "changed": [], "same": []}
    for row in rows:
        found[_draft(row, at, dry_run=dry_run)].append(row.key)
    return Report(tuple(found["new"]), tuple(found["changed"]), tuple(found["same"]))


def _draft(row: Row, at: datetime.datetime, *, dry_run: bool) -> str:
    listing = Listing.objects.select_for_update().filter(key=row.key).first()
    body = body_of(row.content)
    digest = digest_of(body)
    if listing is not None and listing.editions.filter(digest=digest).exists():
        return "same"
    outcome = "new" if listing is None else "changed"
    if dry_run:
        return outcome
    if listing is None:
        listing = Listing.objects.create(key=row.key)
    edition = _open_draft(listing, row.content) or Edition(
        listing=listing, number=next_number(listing)
    )
    edition.form, edition.body, edition.digest = row.content.form, body, digest
    edition.drafted_at = at
    edition.save()
    show(listing)
    _learn_levels(listing, row.content)
    return outcome


def _open_draft(listing: Listing, content: Content) -> Edition | None:
    """Give the draft that a newer row of the same form replaces; never one of an officer."""
    drafts = listing.editions.filter(
        state=Edition.State.DRAFT, form=content.form, proposal__isnull=True
    )
    return drafts.order_by("-number").first()


def next_number(listing: Listing) -> int:
    """Give the number of the next edition of a listing."""
    return (listing.editions.aggregate(last=Max("number"))["last"] or 0) + 1


def _learn_levels(listing: Listing, content: Content) -> None:
    """Keep the levels that a source names, where no history is known yet."""
    value = content.values.get("online_level")
    if value is None or value.mark is None or listing.levels.exists():
        return
    for span in spans_of(content.text("online_level"), value.mark, value.source):
        ServiceLevel.objects.create(
            listing=listing,
            level=span.level,
            valid_from=span.first,
            valid_to=span.last,
            mark=span.mark,
            source=span.source,
        )
