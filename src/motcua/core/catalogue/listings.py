"""The row under which a procedure is found: its key, its name, and the words to find it by."""

from __future__ import annotations

from motcua.core.catalogue import reading
from motcua.core.catalogue.content import Content, content_of
from motcua.core.catalogue.models import Edition, Listing
from motcua.kernel.codes import ProcedureCode, ProcedureCodeMalformed
from motcua.kernel.vietnamese import fold, sort_key

_MOST = 80


def key_of(content: Content) -> str:
    """Give the key of what a content describes: its code, else its name without accents."""
    try:
        return str(ProcedureCode.parse(content.text("code")))
    except ProcedureCodeMalformed:
        return "-".join(fold(content.text("name")).split())[:_MOST].strip("-")


def standing(listing: Listing) -> Edition | None:
    """Give the edition that stands for a listing: the published one, else the newest.

    What an officer is still preparing, or gave up, stands only where there is nothing else.
    """
    rows = listing.editions.order_by("-number")
    others = rows.filter(proposal__isnull=True)
    return rows.filter(state=Edition.State.PUBLISHED).first() or others.first() or rows.first()


def show(listing: Listing) -> None:
    """Write what lists show and searches read, from the edition that stands."""
    edition = standing(listing)
    if edition is None:
        return
    content = content_of(edition.body)
    listing.code = content.text("code")
    listing.name = content.text("name")
    listing.group = content.text("field") or content.text("group")
    listing.published = edition.state == Edition.State.PUBLISHED
    listing.name_key = sort_key(listing.name)
    listing.name_folded = phrase(listing.name)
    listing.folded = phrase(_found_by(listing, content))
    listing.save()


def phrase(text: str) -> str:
    """Give what a text is found by: its folded words, each from its beginning."""
    return f" {fold(text)}"


def _found_by(listing: Listing, content: Content) -> str:
    short = content.text("short_name")
    told = (
        listing.key,
        listing.code,
        listing.name,
        short,
        listing.group,
        content.text("group"),
        *reading.laws(content),
        *reading.results(content),
        content.text("decision"),
        content.text("keywords"),
    )
    return " ".join(told)
