"""Acts on the catalogue: importing drafts, publishing an edition, taking a listing out.

Each writes one entry of the house in the transaction that makes the change.
"""

from __future__ import annotations

import datetime
import hashlib

from motcua.core.access.actors import Actor
from motcua.core.catalogue.checks import gaps
from motcua.core.catalogue.content import content_of
from motcua.core.catalogue.faults import NotPublishable
from motcua.core.catalogue.importing import Report, drafted, rows_of
from motcua.core.catalogue.listings import show
from motcua.core.catalogue.models import Edition, Listing
from motcua.core.catalogue.queries import UnknownListing
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.sql import act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

DOCUMENT = 200
PUBLISH = "catalogue_publish"


class NoDocument(Refused):
    """What changes the catalogue names the decision that asks for it."""

    code = "catalogue.no_document"
    vi = "Ghi số, ký hiệu văn bản quyết định việc này, ví dụ 12/QĐ-UBND."
    en = "Name the document that decides this, as 12/QĐ-UBND."


class NothingToPublish(Refused):
    """The listing has no draft."""

    code = "catalogue.nothing_to_publish"
    vi = "Mục {key} không có bản thảo nào; có thể người khác vừa công bố."
    en = "{key} has no draft; somebody may have just published it."
    status = 409


class NotPublished(Refused):
    """Only a published listing is taken out of the catalogue."""

    code = "catalogue.not_published"
    vi = "Mục {key} không ở trạng thái đã công bố."
    en = "{key} is not published."
    status = 409


def import_catalogue(
    *, actor: Actor, at: datetime.datetime, text: str, source: str = "", dry_run: bool = False
) -> Report:
    """Take a file of rows into drafts: all of it or nothing.

    A row that an edition of its procedure says already changes nothing; one of another source never
    replaces a draft. ``source`` is where pages of the national database were read. Raises
    `NotImportable` with every fault of every row.
    """
    rows = rows_of(text, source)
    with act() as tx:
        take_house(tx)  # two imports at once make one listing of each procedure
        report = drafted(rows, at, dry_run=dry_run)
        if not dry_run and (report.new or report.changed):
            data = {
                "file": hashlib.sha256(text.encode()).hexdigest(),
                "new": len(report.new),
                "changed": len(report.changed),
            }
            append_to_house(tx, act="catalogue_import", at=at, actor=actor.key, data=data)
    return report


def publish(*, actor: Actor, at: datetime.datetime, key: str, document: str) -> Edition:
    """Publish the newest draft of a listing that nobody is preparing; the one before is retired.

    Raises `UnknownListing`, `NothingToPublish`, `NoDocument`, or `NotPublishable` with every gap.
    """
    said = document_of(document)
    with act() as tx:
        take_house(tx)
        listing = taken(key)
        drafts = listing.editions.filter(state=Edition.State.DRAFT, proposal__isnull=True)
        draft = drafts.order_by("-number").first()
        if draft is None:
            raise NothingToPublish(key=key)
        check_whole(draft)
        data = enforced(draft, by=actor.key, at=at, document=said)
        append_to_house(tx, act=PUBLISH, at=at, actor=actor.key, data=data)
    return draft


def check_whole(draft: Edition) -> None:
    """Refuse an edition with gaps, telling each: `NotPublishable`."""
    if found := gaps(content_of(draft.body)):
        raise NotPublishable(found)


def enforced(draft: Edition, *, by: str, at: datetime.datetime, document: str) -> dict[str, object]:
    """Put a draft in the place of the edition in force; give what the entry of the act says."""
    listing = draft.listing
    _retire(listing, at)
    draft.state, draft.published_at = Edition.State.PUBLISHED, at
    draft.published_by, draft.document = by, document
    draft.save()
    show(listing)
    return {
        "key": listing.key,
        "number": draft.number,
        "digest": bytes(draft.digest).hex(),
        "document": document,
    }


def withdraw(*, actor: Actor, at: datetime.datetime, key: str, document: str) -> None:
    """Take a published listing out of the catalogue (bãi bỏ); its editions stay.

    Raises `UnknownListing`, `NotPublished` or `NoDocument`.
    """
    said = document_of(document)
    with act() as tx:
        take_house(tx)
        listing = taken(key)
        if not _retire(listing, at):
            raise NotPublished(key=key)
        show(listing)
        data = {"key": key, "document": said}
        append_to_house(tx, act="catalogue_withdraw", at=at, actor=actor.key, data=data)


def document_of(document: str) -> str:
    """Give the words that name a decision; raises `NoDocument`."""
    said = clean(document, limit=DOCUMENT)
    if not said:
        raise NoDocument
    return said


def taken(key: str) -> Listing:
    """Lock a listing, so that two acts on it follow one another; raises `UnknownListing`."""
    found = Listing.objects.select_for_update().filter(key=key).first() if "\0" not in key else None
    if found is None:
        raise UnknownListing(key=key)
    return found


def _retire(listing: Listing, at: datetime.datetime) -> int:
    standing = listing.editions.filter(state=Edition.State.PUBLISHED)
    return standing.update(state=Edition.State.RETIRED, retired_at=at)
