"""Sao văn bản: a copy of what an agency issued or received, numbered and sealed by that agency.

Who may sign for the agency makes it, with a proof of who they are; the number is taken in that act
from the one book of copies of the year. The agency's signature follows by a job, as on any other
document. Which form is made of what, and that one book serves all forms, is from memory of Decree
30/2020 and unconfirmed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.dossiers.signing import ProofNeeded
from motcua.core.official import content as contents
from motcua.core.official.carrying import Done, carry_out
from motcua.core.official.content import Content
from motcua.core.official.copies import lay_out
from motcua.core.official.drafting import To, checked_recipients, checked_text, keep_recipients
from motcua.core.official.faults import (
    AuthorityUnknown,
    NotASigner,
    NotThatCopy,
    NotYourAgency,
    PartsUnclear,
    WrongState,
)
from motcua.core.official.kinds import COPIES, EXCERPT, FULL, RECOPIED, KindUnknown
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.moving import ask_signature
from motcua.core.official.numbers import COPY_BOOK, take
from motcua.core.official.rights import arrival_of, day_of, document_of, may_sign
from motcua.core.official.rules import AUTHORITIES, GONE_OUT, State
from motcua.core.official.setting import planned_signs
from motcua.core.official.writing import Deed, tell
from motcua.core.sql import Tx
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import fold

_POSITION, _PARTS = 100, 60
_RANGE = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A copy: `form` is a key of `kinds.COPIES`; the rest as in `drafting.Order`.

    `parts` are what an excerpt takes: `2, 4-6`; paragraphs of a document written here, pages of
    one that came in.
    """

    form: str
    position: str
    authority: str = ""
    parts: str = ""
    recipients: Sequence[To] = ()


def copy_document(
    *, actor: Actor, at: datetime.datetime, document_id: int, wanted: Wanted, key: str | None
) -> Done:
    """Copy a document that its agency issued, or a true copy.

    Raises `NoSuchDocument`, `NotYourAgency`, `NotASigner`, `ProofNeeded`, `WrongState`,
    `NotThatCopy`, `NotCopied`, `Invalid`.
    """
    source = document_of(actor, document_id)
    must_copy(actor, source, wanted.authority, day_of(at))
    if source.state not in GONE_OUT:
        raise WrongState
    original = source.kind not in COPIES
    if (wanted.form == RECOPIED) is original or not (original or source.kind == FULL):
        raise NotThatCopy
    row = OutgoingDocument(copied=source)
    return _made(row, source, wanted, actor=actor, at=at, key=key)


def copy_arrival(
    *, actor: Actor, at: datetime.datetime, arrival_id: int, wanted: Wanted, key: str | None
) -> Done:
    """Copy a document that came in, by its file. Raises as `copy_document` does."""
    source = arrival_of(actor, arrival_id)
    must_copy(actor, source, wanted.authority, day_of(at))
    row = OutgoingDocument(copied_arrival=source)
    return _made(row, source, wanted, actor=actor, at=at, key=key)


def must_copy(
    actor: Actor,
    source: OutgoingDocument | IncomingDocument,
    authority: str,
    on: datetime.date,
) -> None:
    """Refuse who signs nothing for the agency (`NotYourAgency`), or not so (`NotASigner`)."""
    if not _signs(actor, source, AUTHORITIES, on):
        raise NotYourAgency
    if not _signs(actor, source, (authority,), on):
        raise NotASigner


def may_copy(actor: Actor, source: OutgoingDocument | IncomingDocument, on: datetime.date) -> bool:
    """Tell whether an actor may copy a document in any way of signing."""
    if isinstance(source, OutgoingDocument):
        there = source.state in GONE_OUT and source.kind not in {RECOPIED, EXCERPT}
    else:
        there = source.file is not None
    return there and _signs(actor, source, AUTHORITIES, on)


def _signs(
    actor: Actor,
    source: OutgoingDocument | IncomingDocument,
    ways: Sequence[str],
    on: datetime.date,
) -> bool:
    officer = actor.officer_id
    return officer is not None and any(may_sign(officer, source.agency_id, one, on) for one in ways)


def _made(
    row: OutgoingDocument,
    source: OutgoingDocument | IncomingDocument,
    wanted: Wanted,
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str | None,
) -> Done:
    recipients = _checked(row, source, wanted)
    if not actor.proven:
        raise ProofNeeded
    row.agency_id, row.kind, row.abstract = source.agency_id, wanted.form, source.abstract
    row.signer_id, row.authority = actor.officer_id or 0, wanted.authority
    row.content = contents.written(Content(()))
    row.search = fold(" ".join([row.abstract, *(one.name for one in recipients)]))
    row.drafted_by, row.drafted_at, row.sample = actor.key, at, source.sample
    lay_out(row, at=at)  # what cannot be set takes no number

    def write(tx: Tx) -> OutgoingDocument:
        number, on = take(tx, agency_id=row.agency_id, book=COPY_BOOK, on=day_of(at))
        row.number, row.issued_on, row.year = number, on, on.year
        row.numbered_at, row.state = at, State.NUMBERED
        row.signs = planned_signs(row, on)
        row.save(force_insert=True)
        keep_recipients(row, recipients)
        tell(tx, row, Deed(name="copy", actor=actor, at=at))
        ask_signature(tx, row, at)
        return row

    body = [source.pk, wanted.form, row.parts, row.position, wanted.authority,
            [[one.name, one.email] for one in recipients]]  # fmt: skip
    name = "copy" if isinstance(source, OutgoingDocument) else "copy_of_arrival"
    return carry_out(name, write, actor=actor, at=at, key=key, body=body)


def _checked(
    row: OutgoingDocument, source: OutgoingDocument | IncomingDocument, wanted: Wanted
) -> tuple[To, ...]:
    """Fill a copy with what its order says, or refuse with all that is wrong; try to set it."""
    problems: dict[str, Refused] = {}
    row.position = checked_text(wanted.position, _POSITION, "position", problems, needed=True)
    recipients = checked_recipients(wanted.recipients, problems)
    if wanted.form not in COPIES:
        problems["form"] = KindUnknown(kind=wanted.form[:20])
    if wanted.authority not in AUTHORITIES:
        problems["authority"] = AuthorityUnknown()
    try:
        row.parts = _parts(source, wanted)
    except Refused as wrong:
        problems["parts"] = wrong
    if problems:
        raise Invalid(problems)
    return recipients


def _parts(source: OutgoingDocument | IncomingDocument, wanted: Wanted) -> str:
    """Write the parts of an excerpt out: `2, 4-6` as `2,4,5,6`."""
    given = wanted.parts.strip()[:_PARTS]
    if (wanted.form == EXCERPT) is not bool(given):
        raise PartsUnclear
    found: set[int] = set()
    for one in filter(None, re.split(r"[,;]", given)):
        read = _RANGE.fullmatch(one.strip())
        if read is None:
            raise PartsUnclear
        first, last = int(read[1]), int(read[2] or read[1])
        if not 0 < first <= last:
            raise PartsUnclear
        found.update(range(first, last + 1))
    text = ",".join(map(str, sorted(found)))
    if isinstance(source, OutgoingDocument):
        there = len(contents.read(source.content).paragraphs)
        if any(one > there for one in found):
            raise PartsUnclear
    if len(text) > 200:
        raise PartsUnclear
    return text
