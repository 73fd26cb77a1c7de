"""Sightings, cases and letters: noted, opened, drafted, sent and answered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import IntegrityError

from motcua.core.access.actors import Actor
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Filing, Handed, MoveOrder
from motcua.core.files.store import record as record_file
from motcua.core.ledger.append import Origin, append_to_house
from motcua.core.official import drafting as official
from motcua.core.official.drafting import To
from motcua.core.official.models import OutgoingDocument
from motcua.core.official.rights import signers_of
from motcua.core.official.rules import GONE_OUT, URGENCIES, number_text
from motcua.core.registers import acts
from motcua.core.registers.acts import Done
from motcua.core.registers.loading import register_of
from motcua.core.registers.preparing import Order
from motcua.core.registers.rights import day_of
from motcua.core.sql import act
from motcua.kernel.vietnamese import format_date
from motcua.systems.antispam.models import (
    Case,
    CaseSighting,
    Letter,
    LetterItem,
    SightingPhoto,
)
from motcua.systems.antispam.queries import (
    SIGHTINGS,
    Operators,
    Sighting,
    dropped_lines,
    filing_of,
    last_rounds,
    letter_order,
    photos_of,
    rows_of,
    to_ask,
    waiting,
)
from motcua.systems.antispam.rules import (
    NOT_FOUND,
    PORTED,
    RESULTS,
    SUSPENDED,
    AnnexEmpty,
    Answer,
    AnswersFaulty,
    CasesMoved,
    Draft,
    LetterNotIssued,
    LetterNotSent,
    NobodySigns,
    NoLetter,
    NotYourCases,
    Opened,
    letters_of,
)

_AT_ONCE = 500

POST = "specialist"
"""The post that deals with advertising numbers."""


def note_sighting(
    *,
    actor: Actor,
    at: datetime.datetime,
    agency_id: int,
    values: Mapping[str, object],
    geometry: object = None,
    photo: Handed | None = None,
) -> Done:
    """Note where a number was seen, with its photo; both or neither.

    Raises `NotYourRegister`, `Invalid` and `RecordExists` (the same sighting was noted).
    """
    declaration = register_of(SIGHTINGS)
    named = {**values, "photo": photo.name if photo else ""}
    with act() as tx:
        done = acts.enter(
            actor=actor,
            at=at,
            declaration=declaration,
            agency_id=agency_id,
            order=Order(named, geometry),
            key=None,
        )
        if photo is not None and photo.file is not None:
            file_id = record_file(tx, photo.file, at=at)
            SightingPhoto.objects.create(record_id=done.record_id, file_id=file_id)
    return done


def keep_photos(pairs: Iterable[tuple[int, int]]) -> None:
    """Keep files beside sightings (record, file) that have none, in the act that notes them."""
    rows = (SightingPhoto(record_id=record, file_id=file_id) for record, file_id in pairs)
    SightingPhoto.objects.bulk_create(rows, batch_size=_AT_ONCE)


def open_cases(
    *, actor: Actor, at: datetime.datetime, agency_id: int, origin: Origin = "live"
) -> Opened:
    """Open a case for each number that was seen and has no open round; again it opens none.

    Sightings of a number whose round is open go into that round. Raises `NotYourCases`,
    `CasesMoved` and what filing refuses.
    """
    _must_hold(actor, agency_id)
    try:
        with act() as tx:
            opened = _open(actor, at, agency_id, origin)
            if opened.sightings:
                data = {"agency": agency_id, "cases": opened.cases, "sightings": opened.sightings}
                append_to_house(tx, act="spam_cases", at=at, actor=actor.key, data=data)
    except IntegrityError as wrong:
        raise CasesMoved from wrong
    return opened


def _open(actor: Actor, at: datetime.datetime, agency_id: int, origin: Origin) -> Opened:
    seen: dict[str, list[Sighting]] = {}
    for one in waiting():
        seen.setdefault(one.number, []).append(one)
    rounds, operators = last_rounds(seen), Operators(day_of(at))
    operators.know(seen)
    photos = photos_of([one.record for found in seen.values() for one in found])
    opened, ties = list[Case](), list[CaseSighting]()
    for number, found in seen.items():
        case, over = rounds.get(number, (None, True))
        if case is None or over:
            filing = filing_of(agency_id, number, found, operators, photos)
            case = _open_one(actor, at, filing, number, case.round + 1 if case else 1, origin)
            opened.append(case)
        ties += [CaseSighting(record_id=one.record, case=case) for one in found]
    Case.objects.bulk_create(opened, batch_size=_AT_ONCE)
    CaseSighting.objects.bulk_create(ties, batch_size=_AT_ONCE)
    return Opened(len(opened), len(ties))


def _open_one(
    actor: Actor,
    at: datetime.datetime,
    filing: Filing,
    number: str,
    turn: int,
    origin: Origin,
) -> Case:
    numbered = replace(filing, fields={**filing.fields, "round": turn})
    done = file(actor=actor, at=at, filing=numbered, key=None, origin=origin)
    return Case(dossier_id=done.dossier_id, number=number, round=turn)


def _must_hold(actor: Actor, agency_id: int) -> None:
    if not actor.holds(agency_id, POST):
        raise NotYourCases


def draft_letters(
    *,
    actor: Actor,
    at: datetime.datetime,
    agency_id: int,
    answer_by: datetime.date | None = None,
) -> list[Letter]:
    """Draft one letter for each operator, of all numbers to be suspended that stand in none.

    Each is an official document with its annex. A number whose operator nobody knows waits; one
    whose letter was dropped goes into a new one. Raises `NotYourCases`, `NobodySigns`, `CasesMoved`
    and what drafting a document refuses.
    """
    _must_hold(actor, agency_id)
    try:
        with act():
            dropped_lines(agency_id).update(open=False)
            cases = {one.pk: one for one in to_ask(agency_id)}
            operators = Operators(day_of(at))
            operators.know([one.number for one in cases.values()])
            drafts = letters_of(rows_of(cases.values(), operators))
            return [_draft(actor, at, agency_id, one, cases, answer_by) for one in drafts]
    except IntegrityError as wrong:
        raise CasesMoved from wrong


def _draft(
    actor: Actor,
    at: datetime.datetime,
    agency_id: int,
    draft: Draft,
    cases: Mapping[int, Case],
    answer_by: datetime.date | None,
) -> Letter:
    signers = [one for one, _name, way in signers_of(agency_id, day_of(at)) if not way]
    if not signers:
        raise NobodySigns
    dossiers = [cases[row.case].dossier_id for row in draft.rows]
    order = letter_order(draft, signers[0], dossiers, answer_by)
    done = official.draft(actor=actor, at=at, agency_id=agency_id, order=order, key=None)
    letter = Letter.objects.create(
        document_id=done.document_id,
        agency_id=agency_id,
        operator=draft.operator,
        made_at=at,
        answer_by=answer_by,
    )
    _write_lines(letter, draft)
    return letter


def renew_letter(*, actor: Actor, at: datetime.datetime, letter_id: int) -> Letter:
    """Write the draft of a letter anew, with the numbers that still wait for it.

    Signer, post and recipients stay as they are. Raises `NoLetter`, `NotYourCases`, `AnnexEmpty`
    and what writing a draft anew refuses (it must be a draft, and the actor its drafter).
    """
    with act() as tx:
        letter = _letter(actor, letter_id)
        items = letter.items.select_related("case__dossier").order_by("line")
        cases = {one.case_id: one.case for one in items if one.case.dossier.step == "no_show"}
        if not cases:
            raise AnnexEmpty
        rows = rows_of(cases.values(), Operators(day_of(at)))
        draft = Draft(letter.operator, tuple(rows))
        document = OutgoingDocument.objects.get(pk=letter.document_id)
        dossiers = [one.dossier_id for one in cases.values()]
        order = letter_order(draft, document.signer_id, dossiers, letter.answer_by)
        kept = {name: getattr(document, name) for name in ("position", "authority", "unit")}
        sent_to = [To(one.name, one.email, one.way) for one in document.recipients.order_by("pk")]
        official.rewrite(
            actor=actor,
            at=at,
            document_id=document.pk,
            revision=None,
            order=replace(order, recipients=sent_to, urgency=URGENCIES[document.urgency], **kept),
            key=None,
        )
        letter.items.all().delete()
        _write_lines(letter, draft)
        told = {"letter": letter.pk, "numbers": len(rows)}
        append_to_house(tx, act="spam_letter_renewed", at=at, actor=actor.key, data=told)
    return letter


def _write_lines(letter: Letter, draft: Draft) -> None:
    LetterItem.objects.bulk_create(
        [
            LetterItem(letter=letter, case_id=row.case, line=line)
            for line, row in enumerate(draft.rows, 1)
        ],
        batch_size=_AT_ONCE,
    )


def send_letter(*, actor: Actor, at: datetime.datetime, letter_id: int) -> Letter:
    """Take the cases of a letter on to `requested`, once its document has been issued.

    Number and day are those of the document. Again it changes nothing. Raises `NoLetter`,
    `NotYourCases`, `LetterNotIssued` and what a move refuses.
    """
    with act() as tx:
        letter = _letter(actor, letter_id)
        issued = OutgoingDocument.objects.get(pk=letter.document_id)
        if letter.sent_on is not None:
            return letter
        if issued.state not in GONE_OUT or issued.number is None or issued.issued_on is None:
            raise LetterNotIssued
        named = number_text(issued.number, issued.signs)
        letter.sent_on = issued.issued_on
        letter.save(update_fields=["sent_on"])
        said = f"Công văn số {named} ngày {format_date(issued.issued_on, 'vi')}"
        for item in letter.items.select_related("case").order_by("line"):
            _move(actor, at, item.case, "request", said)
        told = {"letter": letter.pk, "document": issued.pk}
        append_to_house(tx, act="spam_letter_sent", at=at, actor=actor.key, data=told)
    return letter


def take_answers(
    *, actor: Actor, at: datetime.datetime, letter_id: int, answers: Sequence[Answer]
) -> int:
    """Take an operator's answers in, all or none: suspended, or asked again; give how many are new.

    What says the same again changes nothing. Raises `NoLetter`, `NotYourCases`, `LetterNotSent`,
    `AnswersFaulty` and what a move refuses.
    """
    with act() as tx:
        letter = _letter(actor, letter_id)
        if letter.sent_on is None:
            raise LetterNotSent
        items = {one.case.number: one for one in letter.items.select_related("case")}
        wrong = [
            str(line)
            for line, one in enumerate(answers, 1)
            if not _fits(one, items, letter.sent_on, day_of(at))
        ]
        if wrong or len({one.number for one in answers}) != len(answers):
            raise AnswersFaulty(lines=", ".join(wrong[:20]) or "…")
        new = [one for one in answers if not items[one.number].result]
        for one in new:
            item = items[one.number]
            item.result, item.result_on, item.open = one.result, one.on, False
            item.save(update_fields=["result", "result_on", "open"])
            said = f"{_TOLD[one.result]}, ngày {format_date(one.on, 'vi')}"
            name = "suspend" if one.result == SUSPENDED else "ask_again"
            _move(actor, at, item.case, name, said)
        if new:
            told = {"letter": letter.pk, **Counter(one.result for one in new)}
            append_to_house(tx, act="spam_answers", at=at, actor=actor.key, data=told)
    return len(new)


_TOLD = {
    SUSPENDED: "Doanh nghiệp đã tạm ngừng hai chiều",
    NOT_FOUND: "Doanh nghiệp trả lời không phải thuê bao của mình",
    PORTED: "Doanh nghiệp trả lời thuê bao đã chuyển mạng",
}


def _fits(
    one: Answer, items: Mapping[str, LetterItem], sent_on: datetime.date, on: datetime.date
) -> bool:
    item = items.get(one.number)
    if item is None or one.result not in RESULTS or not sent_on <= one.on <= on:
        return False
    return item.result in {"", one.result}


def _letter(actor: Actor, letter_id: int) -> Letter:
    """Take a letter for whoever deals with numbers for its agency."""
    letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
    if letter is None:
        raise NoLetter
    _must_hold(actor, letter.agency_id)
    return letter


def _move(actor: Actor, at: datetime.datetime, case: Case, name: str, reason: str) -> None:
    order = MoveOrder(move=name, reason=reason)
    move(actor=actor, at=at, dossier_id=case.dossier_id, order=order, key=None)
