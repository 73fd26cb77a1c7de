"""New versions and the maps between them come into force by an entry of the house."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.dossiers.house import digest_of
from motcua.core.ledger.append import append_to_house
from motcua.core.procedures import actions
from motcua.core.procedures.actions import Drafted, NotADraft
from motcua.core.procedures.models import PublishedMap
from motcua.core.sql import act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_DOCUMENT = 200


class NoDocument(Refused):
    """What changes the rules for running dossiers names the decision that asks for it."""

    code = "migrating.no_document"
    vi = "Ghi số, ký hiệu văn bản quyết định việc này, ví dụ 12/QĐ-UBND."
    en = "Name the document that decides this, as 12/QĐ-UBND."


def publish_version(
    *, actor: Actor, at: datetime.datetime, system: str, text: str, document: str
) -> Drafted:
    """Draft a version and bring it into force; the one before is retired with it.

    Running dossiers go on under the version they have. Raises `NoDocument`, `NotADraft` where this
    text has been published already, and what `draft` and `publish` raise.
    """
    said = _document(document)
    with act() as tx:
        drafted = actions.draft(system=system, text=text, at=at)
        if not drafted.changed and not actions.is_draft(drafted.version_id):
            raise NotADraft(version=drafted.number)
        done = actions.publish(version=drafted.version_id, actor=actor.key, at=at)
        data = {**done.told(), "document": said}
        append_to_house(tx, act="publish", at=at, actor=actor.key, data=data)
    return drafted


def publish_map(*, actor: Actor, at: datetime.datetime, text: str, document: str) -> PublishedMap:
    """Bring a map into force; the same text again changes nothing.

    Raises `NoDocument` and what `actions.publish_map` raises.
    """
    said = _document(document)
    with act() as tx:
        known = PublishedMap.objects.count()
        row = actions.publish_map(text=text, actor=actor.key, at=at)
        if PublishedMap.objects.count() > known:
            data: dict[str, object] = {
                "map": row.pk,
                "versions": [row.source_id, row.target_id],
                "digest": digest_of(text),
                "document": said,
            }
            append_to_house(tx, act="publish_map", at=at, actor=actor.key, data=data)
    return row


def _document(document: str) -> str:
    said = clean(document, limit=_DOCUMENT)
    if not said:
        raise NoDocument
    return said
