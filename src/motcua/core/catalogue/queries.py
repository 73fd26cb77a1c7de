"""The catalogue as pages and programs ask for it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from motcua.core.catalogue.content import Content, content_of
from motcua.core.catalogue.listings import phrase, standing
from motcua.core.catalogue.models import Edition, Listing, Referral, ReferredCount, ServiceLevel
from motcua.kernel.errors import Refused

PAGE = 50
_MOST_PIECES = 20
_NOT_PUBLIC = (Edition.State.DRAFT, Edition.State.DROPPED)


class UnknownListing(Refused):
    """No procedure of the catalogue has this key, or none that may be shown."""

    code = "catalogue.unknown"
    vi = "Danh mục không có thủ tục {key}."
    en = "The catalogue has no procedure {key}."
    status = 404


class UnknownEdition(Refused):
    """The listing has no edition of this number, or none that may be shown."""

    code = "catalogue.unknown_edition"
    vi = "Mục {key} không có bản công bố số {number}."
    en = "{key} has no edition {number}."
    status = 404


@dataclass(frozen=True, slots=True)
class Page:
    """One page of listings and how many there are in all."""

    rows: tuple[Listing, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A listing with the edition that stands and what it says."""

    listing: Listing
    edition: Edition
    content: Content


def search(
    query: str = "",
    *,
    drafts: bool = False,
    group: str = "",
    without: Collection[str] = (),
    page: int = 1,
    size: int = PAGE,
) -> Page:
    """Find listings by name, code, legal text or other words, with or without accents.

    Every piece of the query must be found from the beginning of a word, a piece with dots or
    slashes (a code, a decree) as it stands. Those named so come first, then by the Vietnamese
    alphabet. Drafts are among them only where they are asked for; ``without`` leaves out what is
    shown elsewhere: the listings of these procedures.
    """
    rows = Listing.objects.all() if drafts else Listing.objects.filter(published=True)
    if group:
        rows = rows.filter(group=group)
    return _found(rows, query, without, page, size)


def _found(
    rows: QuerySet[Listing], query: str, without: Collection[str], page: int, size: int
) -> Page:
    if without:
        rows = rows.exclude(Q(key__in=without) | Q(procedure__in=without))
    pieces = [phrase(piece) for piece in query.split()[:_MOST_PIECES]]
    named = Q()
    for piece in pieces:
        if piece.strip():
            rows = rows.filter(folded__contains=piece)
            named &= Q(name_folded__contains=piece)
    return _page(_ranked(rows, named), page, size)


def _ranked(rows: QuerySet[Listing], named: Q) -> QuerySet[Listing]:
    if not named:
        return rows.order_by("name_key", "id")
    rank = Case(When(named, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(rank, "name_key", "id")


def _page(rows: QuerySet[Listing], page: int, size: int) -> Page:
    count = rows.count()
    pages = max(1, -(-count // size))
    page = min(max(page, 1), pages)
    return Page(tuple(rows[(page - 1) * size : page * size]), count, page, pages)


def groups(*, drafts: bool = False) -> tuple[tuple[str, int], ...]:
    """Give the groups there are, with how many listings each has."""
    rows = Listing.objects.all() if drafts else Listing.objects.filter(published=True)
    return tuple(rows.values_list("group").annotate(n=Count("id")).order_by("group"))


def find(key: str, *, drafts: bool = False) -> Shown:
    """Give a listing with what it says; raises `UnknownListing`."""
    listing = Listing.objects.filter(key=key).first() if key.isprintable() else None
    edition = standing(listing) if listing else None
    if listing is None or edition is None or not (drafts or listing.published):
        raise UnknownListing(key=key if key.isprintable() else ascii(key))
    return Shown(listing, edition, content_of(edition.body))


def edition(key: str, number: int, *, drafts: bool = False) -> Shown:
    """Give one edition of a listing; raises `UnknownListing` or `UnknownEdition`."""
    listing = find(key, drafts=drafts).listing
    rows = listing.editions.filter(number=number)
    if not drafts:
        rows = rows.exclude(state__in=_NOT_PUBLIC)
    found = rows.first()
    if found is None:
        raise UnknownEdition(key=key, number=number)
    return Shown(listing, found, content_of(found.body))


def editions(listing: Listing, *, drafts: bool = False) -> tuple[Edition, ...]:
    """Give the editions of a listing, the newest first."""
    rows = listing.editions.order_by("-number")
    return tuple(rows if drafts else rows.exclude(state__in=_NOT_PUBLIC))


def pair(key: str, before: int, after: int, *, drafts: bool = False) -> tuple[Shown, Shown]:
    """Give two editions to compare; 0 stands for the newest, and for the one before that.

    Raises `UnknownListing` or `UnknownEdition`.
    """
    numbers = [one.number for one in editions(find(key, drafts=drafts).listing, drafts=drafts)]
    newest, former = numbers[0], numbers[:2][-1]
    return (
        edition(key, before or former, drafts=drafts),
        edition(key, after or newest, drafts=drafts),
    )


def awaiting(
    query: str = "", *, without: Collection[str] = (), page: int = 1, size: int = PAGE
) -> Page:
    """Find procedures that were never published, for what is known of them is not confirmed."""
    return _found(_unpublished(), query, without, page, size)


def draft_of(key: str) -> Shown:
    """Give what is compiled of a procedure that was never published; raises `UnknownListing`."""
    listing = _unpublished().filter(key=key).first() if key.isprintable() else None
    edition = standing(listing) if listing else None
    if listing is None or edition is None:
        raise UnknownListing(key=key if key.isprintable() else ascii(key))
    return Shown(listing, edition, content_of(edition.body))


def _unpublished() -> QuerySet[Listing]:
    """Give the listings of which no edition was ever in force."""
    in_force = Edition.objects.filter(listing=OuterRef("pk")).exclude(state__in=_NOT_PUBLIC)
    return Listing.objects.filter(~Exists(in_force), published=False)


def of_procedure(code: str) -> Listing | None:
    """Give the published listing of a procedure that runs here, if there is one."""
    rows = Listing.objects.filter(published=True).filter(Q(procedure=code) | Q(key=code))
    return rows.order_by("-procedure", "id").first()


def levels(listing: Listing) -> tuple[ServiceLevel, ...]:
    """Give the levels of the online service through time, the oldest first."""
    rows = listing.levels.all()
    return tuple(sorted(rows, key=lambda one: (one.valid_from or datetime.date.min, one.pk)))


def level_counts(on: datetime.date) -> dict[str, int]:
    """Count the published listings whose service had each level on a day."""
    then = ServiceLevel.objects.filter(listing__published=True).filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
    )
    return dict(then.values_list("level").annotate(n=Count("id")).order_by("level"))


def referrals(listing: Listing) -> tuple[Referral, ...]:
    """Give by whom the service was run elsewhere, the latest first."""
    return tuple(listing.referrals.order_by("-valid_from", "-id"))


def received(
    referral: Referral, *, known_at: datetime.datetime | None = None
) -> dict[datetime.date, int]:
    """Give the dossiers of each month, as what was told last says (until an instant, if given)."""
    rows = referral.counts.order_by("recorded_at", "id")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return dict(sorted((row.month, row.received) for row in _last(rows)))


def _last(rows: QuerySet[ReferredCount]) -> list[ReferredCount]:
    return list({row.month: row for row in rows}.values())
