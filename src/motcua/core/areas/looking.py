"""Finding a unit by the words of an old address or by its code, with or without accents.

"xã Canh Nậu, huyện Thạch Thất" names a unit and, after the comma, what it lay in. Every version
of a unit is found, for the same words may mean another unit at another time.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from motcua.core.areas.models import Area, ListedAgency
from motcua.core.areas.queries import living
from motcua.kernel.vietnamese import fold

LIMIT = 30
_KINDS = {
    "phường": ("phuong", "p"),
    "xã": ("xa", "x"),
    "thị trấn": ("thi tran", "tt"),
    "đặc khu": ("dac khu",),
    "quận": ("quan", "q"),
    "huyện": ("huyen", "h"),
    "thị xã": ("thi xa", "tx"),
    "thành phố": ("thanh pho", "tp"),
    "tỉnh": ("tinh",),
}
_WRITTEN = sorted(
    ((written, kind) for kind, forms in _KINDS.items() for written in forms),
    key=lambda one: -len(one[0]),
)


@dataclass(frozen=True, slots=True)
class Words:
    """One part of an address, folded: all of it, and what is left without the kind before it."""

    whole: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """The units that words may mean, the likeliest first; `count` may be more than are here."""

    areas: tuple[Area, ...]
    count: int
    agencies: tuple[ListedAgency, ...]


def words_of(text: str) -> Words:
    """Read one part of an address: "TT. Phùng" is the thị trấn Phùng."""
    whole = fold(text)
    for written, kind in _WRITTEN:
        if whole.startswith(f"{written} "):
            return Words(whole, kind, whole.removeprefix(f"{written} "))
    return Words(whole, "", whole)


def find(
    text: str, *, on: datetime.date | None = None, province: str = "", limit: int = LIMIT
) -> Found:
    """Find units (of a day, of a province) by code or name, and agencies of lists by name."""
    parts = [words for words in map(words_of, text.split(",")) if words.whole]
    if not parts:
        return Found((), 0, ())
    first, *around = parts
    rows = Area.objects.select_related("parent", "province").filter(_named(first))
    agencies = ListedAgency.objects.select_related("province").order_by("list_id")
    if on is not None:
        rows, agencies = rows.filter(living(on)), agencies.filter(living(on))
    if province:
        rows = rows.filter(province__code=province)
        agencies = agencies.filter(province__code=province)
    there = _within(list(rows), around)
    there.sort(key=lambda one: _likeness(one, first))
    called = tuple(one for one in agencies if first.whole in fold(one.name_vi))
    return Found(tuple(there[:limit]), len(there), called[:limit])


def _named(words: Words) -> Q:
    if words.whole.isascii() and words.whole.isdigit():
        return Q(code=words.whole) | Q(folded=words.whole)
    named = Q(folded__contains=words.whole)
    if not words.kind:
        return named
    # "quan hoa" is phường Quan Hoa, or the beginning of a quận; a kind on old paper may be wrong.
    return named | Q(folded=words.name) | Q(kind=words.kind, folded__startswith=words.name)


def _within(rows: list[Area], around: Iterable[Words]) -> list[Area]:
    """Keep the units that lay in what stands behind the comma; where none did, keep them all."""
    for words in around:
        kept = [one for one in rows if _lay_in(one, words)]
        rows = kept or rows
    return rows


def _lay_in(one: Area, words: Words) -> bool:
    above = [fold(one.province.name_vi), *([one.parent.folded] if one.parent else [])]
    return any(words.whole in name or words.name in name for name in above)


def _likeness(one: Area, words: Words) -> tuple[object, ...]:
    ranks = (
        one.code == words.whole or one.folded == words.whole,
        one.folded == words.name and one.kind == words.kind,
        one.folded == words.name,
        one.folded.startswith(words.whole),
        one.kind == words.kind,
    )
    rank = next((number for number, fits in enumerate(ranks) if fits), len(ranks))
    ended = one.valid_to or datetime.date.max
    return rank, one.folded, one.tier, one.parent.folded if one.parent else "", ended, one.unit_id


def took_over(one: ListedAgency, on: datetime.date) -> ListedAgency:
    """Give who holds an agency's duties on a day: itself while it is there, else heir by heir."""
    seen = {one.list_id}
    while one.valid_to is not None and one.valid_to <= on and one.heir not in seen:
        heir = ListedAgency.objects.filter(list_id=one.heir).select_related("province").first()
        if heir is None:
            break
        seen.add(heir.list_id)
        one = heir
    return one
