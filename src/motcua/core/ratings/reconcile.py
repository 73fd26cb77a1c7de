"""Do ratings and their marks agree with the ledger?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from motcua.core.dossiers.erased import ERASE
from motcua.core.ledger.append import HOUSE, instant_text
from motcua.core.ledger.commitments import MIN_SALT_BYTES, commitment
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.ledger.pairing import Told, differing
from motcua.core.places import BITS, LAST
from motcua.core.ratings.actions import COMMENT, MARKS, RATED
from motcua.core.ratings.models import Mark, Rating
from motcua.core.sql import still

GIVEN, REPLACED = "rating", "replaced rating"


def check_ratings() -> Iterator[Finding]:
    """Give every rating that no entry explains, and every one that is gone or was changed."""
    with still():
        wrong = [(fact[0], f"{fact[1]} {fact[2]}") for fact in differing(_told(), _kept())]
    for stream, what in wrong:
        yield Finding(
            "state.rating_differs",
            f"Đánh giá khác với sổ cái: {what}.",
            f"A rating differs from the ledger: {what}.",
            stream,
        )


def _told() -> Iterator[Told]:
    entries = Entry.objects.filter(act__in=(RATED, ERASE), stream__gt=HOUSE).order_by("id")
    rows = entries.values_list("stream", "body").iterator()
    for _, group in groupby(rows, key=lambda row: row[0]):
        bodies = [json.loads(body) for _, body in group]
        rated = [body for body in bodies if body["act"] == RATED]
        for body in rated:
            yield from _of_entry(body, rated[0]["at"], is_erased=len(rated) < len(bodies))


def _of_entry(body: dict[str, Any], first: str, *, is_erased: bool) -> Iterator[Told]:
    stream, data = body["stream"], body["data"]
    said = data["rating"]
    bound = dict(zip(data["binds"], body["commitments"], strict=True))
    # Lawful erasure takes the words and their salt; marks name nobody and stay.
    words = None if is_erased else bound.get(COMMENT)
    times = (first, body["at"], body["recorded"])
    facts = (said["agency"], said["criteria"], said["channel"])
    yield (stream, GIVEN, body["seq"], *times, *facts, bound[MARKS], words)
    if said["replaces"] is not None:
        yield stream, REPLACED, said["replaces"], body["seq"]


def _kept() -> Iterator[Told]:
    marks = groupby(
        Mark.objects.order_by("rating_id")
        .values_list("rating_id", "criterion", "points")
        .iterator(),
        key=lambda row: row[0],
    )
    here = next(marks, None)
    for row in Rating.objects.order_by("pk").iterator():
        given: dict[str, int] = {}
        if here is not None and here[0] == row.pk:
            given = {criterion: points for _, criterion, points in here[1]}
            here = next(marks, None)
        yield from _of_row(row, given)


def _of_row(row: Rating, marks: dict[str, int]) -> Iterator[Told]:
    stream, seq = row.pk >> BITS, row.pk & LAST
    times = tuple(map(instant_text, (row.first_at, row.given_at, row.recorded_at)))
    facts = (row.agency_id, row.criteria, row.channel)
    bound = (_bound(bytes(row.salt), marks), _bound(bytes(row.comment_salt), row.comment))
    yield (stream, GIVEN, seq, *times, *facts, *bound)
    if row.replaced_seq is not None:
        yield stream, REPLACED, seq, row.replaced_seq


def _bound(salt: bytes, value: object) -> str | None:
    """Give the commitment of a value; a value left without a salt agrees with no entry."""
    if len(salt) >= MIN_SALT_BYTES:
        return commitment(salt, value)
    return str(value) if value else None
