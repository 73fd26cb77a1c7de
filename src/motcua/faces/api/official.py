"""Văn bản đi, văn bản đến: official documents as the caller may see them, and acts on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

from django.http import FileResponse
from ninja import Path, Query, Router

from motcua.core.access import log
from motcua.core.agencies.queries import LARGEST_ID, agency_by_code, tree
from motcua.core.files.store import path_of
from motcua.core.official import content as contents
from motcua.core.official import copying, delivery, drafting, incoming, moving
from motcua.core.official.carrying import Done
from motcua.core.official.clocks import hand_over_by
from motcua.core.official.content import Annex, Content
from motcua.core.official.copies import parts_of
from motcua.core.official.drafting import Order, To
from motcua.core.official.faults import NoSuchDocument
from motcua.core.official.incoming import Arrival
from motcua.core.official.kinds import COPIES, KINDS
from motcua.core.official.listing import OPEN_ONES, OUT, Filter, outgoing
from motcua.core.official.listing import incoming as arrived
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.rights import arrival_of, day_of, document_of, roles
from motcua.core.official.rules import URGENCIES, State, number_text, offered
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Key
from motcua.faces.api.filing import day_of as day_in
from motcua.faces.api.given_files import file_answer
from motcua.faces.api.officers import TOLD
from motcua.faces.api.papers import (
    AnnexOut,
    ArrivalAssignIn,
    ArrivalFinishIn,
    ArrivalIn,
    ArrivalMoveIn,
    ArrivalOut,
    ArrivalRefuseIn,
    Arrivals,
    CopyIn,
    DocumentDone,
    DocumentIn,
    DocumentLine,
    DocumentMoveIn,
    DocumentOut,
    Documents,
    DocumentsWanted,
    RecipientOut,
    ReturnIn,
)
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import written
from motcua.faces.api.sent import MOST_ID
from motcua.faces.ui import reads
from motcua.faces.ui.sending import of_the_house

router = Router(tags=["documents"])

SCOPE = "documents"
PAGE = 50
Number = Annotated[int, Path(ge=1, le=MOST_ID, description="number of a document")]
_PDF = file_answer(("pdf",))


@router.get(
    "/official-documents",
    operation_id="listDocuments",
    summary="The outgoing documents that the caller may read",
    auth=officers("read"),
    response=answers({200: Documents}, 401, 403, 404, 429),
)
def list_documents(request: Call, wanted: Query[DocumentsWanted]) -> Documents:
    """Fifty a page, the youngest first; drafts only for who handles them."""
    only(request, *DocumentsWanted.model_fields)
    narrowed = _filter(wanted, {*State, OPEN_ONES, OUT})
    found = outgoing(request.auth.actor, narrowed, page=wanted.page, size=PAGE)
    _note(request, log.Kind.LISTED, "documents", count=len(found.rows))
    items = [_line(one) for one in found.rows if isinstance(one, OutgoingDocument)]
    return Documents(items=items, total=found.total, page=found.page, pages=found.pages)


def _filter(wanted: DocumentsWanted, states: set[str]) -> Filter:
    return Filter(
        words=wanted.q,
        state=wanted.state if wanted.state in states else "",
        kind=wanted.kind if wanted.kind in KINDS | COPIES else "",
        year=wanted.year,
        agency_id=agency_by_code(wanted.agency).id if wanted.agency else None,
        urgent=wanted.urgent,
    )


def _note(
    request: Call, kind: log.Kind, what: str, *, count: int = 1, agency: int | None = None
) -> None:
    log.of_records(
        reads.reader(request, request.auth.actor, request.auth.at),
        kind,
        what=what,
        count=count,
        agencies=() if agency is None else (agency,),
        query=request.GET.urlencode(),
    )


def _line(row: OutgoingDocument) -> DocumentLine:
    return DocumentLine(
        id=row.pk,
        agency=tree().nodes[row.agency_id].code,
        kind=row.kind,
        number=number_text(row.number, row.signs) if row.number else "",
        issued_on=row.issued_on.isoformat() if row.issued_on else None,
        abstract=row.abstract,
        signer=row.signer.name,
        urgency=URGENCIES[row.urgency],
        state=str(row.state),
        revision=row.revision,
    )


@router.get(
    "/official-documents/{document}",
    operation_id="getDocument",
    summary="One outgoing document, whole",
    auth=officers("read"),
    response=answers({200: DocumentOut}, 401, 403, 404, 429),
)
def get_document(request: Call, document: Number) -> DocumentOut:
    """The revision stands in it; a move names it."""
    only(request)
    actor = request.auth.actor
    row = document_of(actor, min(document, LARGEST_ID))
    _note(request, log.Kind.OPENED, f"document.{row.pk}", agency=row.agency_id)
    said = contents.read(row.content)
    issued = row.files.select_related("file").filter(stage="issued").first()
    return DocumentOut(
        **_line(row).model_dump(),
        authority=row.authority,
        position=row.position,
        unit=row.unit,
        grounds=list(said.grounds),
        paragraphs=list(said.paragraphs),
        annexes=[
            AnnexOut(title=one.title, columns=list(one.columns), rows=[list(r) for r in one.rows])
            for one in said.annexes
        ],
        recipients=[
            RecipientOut(
                id=one.recipient.pk,
                name=one.recipient.name,
                email=one.recipient.email,
                way="copy" if one.recipient.way == "copy" else "to",
                delivery=one.way.value,
                returned_why=one.recipient.returned_why,
            )
            for one in delivery.deliveries(row)
        ],
        copied=row.copied_id,
        copied_arrival=row.copied_arrival_id,
        parts=list(parts_of(row)),
        moves=[one for one in offered(row.state, roles(actor, row)) if one not in _OTHER_DOORS],
        drafted_at=written(row.drafted_at),
        sha256=issued.file.sha256 if issued else None,
    )


_OTHER_DOORS = frozenset({"rewrite", "returned"})


@router.get(
    "/official-documents/{document}/file",
    operation_id="getDocumentFile",
    summary="The issued file of a document",
    auth=officers("read"),
    response=answers({}, 401, 403, 404, 429),
    openapi_extra={"responses": {200: _PDF}},
)
def get_document_file(request: Call, document: Number) -> FileResponse:
    """The exact bytes that the agency signed; their SHA-256 stands in `getDocument`."""
    only(request)
    row = document_of(request.auth.actor, min(document, LARGEST_ID))
    issued = row.files.select_related("file").filter(stage="issued").first()
    if issued is None:
        raise NoSuchDocument
    what = f"document.{row.pk}.issued"
    _note(request, log.Kind.DOWNLOADED, what, agency=row.agency_id)
    return of_the_house(path_of(issued.file.sha256), delivery.file_name(row))


@router.post(
    "/official-documents",
    operation_id="draftDocument",
    summary="Draft an outgoing document",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def draft_document(request: Call, key: Key, sent: DocumentIn) -> DocumentDone:
    """By who holds a post in that agency; nothing of a grade of secrecy is taken."""
    caller = request.auth
    done = drafting.draft(
        actor=caller.actor,
        at=caller.at,
        agency_id=agency_by_code(sent.agency, on=day_of(caller.at)).id,
        order=_order(sent),
        key=key,
    )
    return _done(done)


def _order(sent: DocumentIn) -> Order:
    annexes = [Annex(one.title, one.columns, one.rows) for one in sent.annexes]
    return Order(
        kind=sent.kind,
        abstract=sent.abstract,
        content=Content(sent.paragraphs, sent.grounds, annexes),
        signer_id=min(sent.signer, LARGEST_ID),
        position=sent.position,
        recipients=_recipients(sent),
        authority=sent.authority,
        unit=sent.unit,
        dossiers=[min(one, LARGEST_ID) for one in sent.dossiers],
        about_id=None if sent.about is None else min(sent.about, LARGEST_ID),
        effect=sent.effect,
        secrecy=sent.secrecy,
        urgency=sent.urgency,
    )


def _recipients(sent: DocumentIn | CopyIn) -> list[To]:
    return [To(one.name, one.email, one.way) for one in sent.recipients]


@router.post(
    "/official-documents/{document}/copies",
    operation_id="copyDocument",
    summary="Make a copy of an issued document",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def copy_document(request: Call, document: Number, key: Key, sent: CopyIn) -> DocumentDone:
    """By who signs for the agency, with the scope `sign`; its seal follows by a job."""
    caller, number = request.auth, min(document, LARGEST_ID)
    wanted = _copy_in(sent)
    return _done(
        copying.copy_document(
            actor=caller.actor, at=caller.at, document_id=number, wanted=wanted, key=key
        )
    )


@router.post(
    "/incoming-documents/{arrival}/copies",
    operation_id="copyArrival",
    summary="Make a copy of an incoming document",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def copy_arrival(request: Call, arrival: Number, key: Key, sent: CopyIn) -> DocumentDone:
    """As `copyDocument`; an excerpt takes pages of the file."""
    caller, number = request.auth, min(arrival, LARGEST_ID)
    wanted = _copy_in(sent)
    return _done(
        copying.copy_arrival(
            actor=caller.actor, at=caller.at, arrival_id=number, wanted=wanted, key=key
        )
    )


def _copy_in(sent: CopyIn) -> copying.Wanted:
    return copying.Wanted(
        form=sent.form,
        position=sent.position,
        authority=sent.authority,
        parts=sent.parts,
        recipients=_recipients(sent),
    )


@router.post(
    "/official-documents/{document}/move",
    operation_id="moveDocument",
    summary="Review, send back, sign, issue, send or drop a document",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def move_document(request: Call, document: Number, key: Key, sent: DocumentMoveIn) -> DocumentDone:
    """Signing and issuing need a key with the scope `sign`; their signature follows by a job."""
    caller, number = request.auth, min(document, LARGEST_ID)
    if sent.move == "send":
        done = delivery.send(
            actor=caller.actor, at=caller.at, document_id=number, revision=sent.revision, key=key
        )
        return _done(done)
    done = moving.move(
        actor=caller.actor,
        at=caller.at,
        document_id=number,
        name=sent.move,
        revision=sent.revision,
        reason=sent.reason,
        key=key,
    )
    return _done(done)


@router.post(
    "/official-documents/{document}/returns",
    operation_id="reportReturn",
    summary="Note that a recipient sent a document back",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def report_return(request: Call, document: Number, key: Key, sent: ReturnIn) -> DocumentDone:
    """By the clerk; the document may be sent to them again."""
    caller = request.auth
    done = delivery.returned(
        actor=caller.actor,
        at=caller.at,
        document_id=min(document, LARGEST_ID),
        recipient_id=min(sent.recipient, LARGEST_ID),
        reason=sent.reason,
        revision=sent.revision,
        key=key,
    )
    return _done(done)


def _done(done: Done) -> DocumentDone:
    return DocumentDone(id=done.document_id, revision=done.revision, state=done.state)


@router.get(
    "/incoming-documents",
    operation_id="listArrivals",
    summary="The incoming documents that the caller may read",
    auth=officers("read"),
    response=answers({200: Arrivals}, 401, 403, 404, 429),
)
def list_arrivals(request: Call, wanted: Query[DocumentsWanted]) -> Arrivals:
    """Fifty a page, the youngest first."""
    only(request, *DocumentsWanted.model_fields)
    narrowed = _filter(wanted, {*IncomingDocument.State.values})
    found = arrived(request.auth.actor, narrowed, page=wanted.page, size=PAGE)
    _note(request, log.Kind.LISTED, "arrivals", count=len(found.rows))
    items = [_arrival(one) for one in found.rows if isinstance(one, IncomingDocument)]
    return Arrivals(items=items, total=found.total, page=found.page, pages=found.pages)


@router.get(
    "/incoming-documents/{arrival}",
    operation_id="getArrival",
    summary="One incoming document",
    auth=officers("read"),
    response=answers({200: ArrivalOut}, 401, 403, 404, 429),
)
def get_arrival(request: Call, arrival: Number) -> ArrivalOut:
    """As it stands."""
    only(request)
    row = arrival_of(request.auth.actor, min(arrival, LARGEST_ID))
    _note(request, log.Kind.OPENED, f"arrival.{row.pk}", agency=row.agency_id)
    return _arrival(row)


@router.post(
    "/incoming-documents",
    operation_id="registerArrival",
    summary="Register an incoming document",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def register_arrival(request: Call, key: Key, sent: ArrivalIn) -> DocumentDone:
    """By the clerk of that agency; the arrival number is the next one of the year."""
    caller = request.auth
    done = incoming.register(
        actor=caller.actor,
        at=caller.at,
        agency_id=agency_by_code(sent.agency, on=day_of(caller.at)).id,
        arrival=Arrival(
            author=sent.author,
            signs=sent.signs,
            abstract=sent.abstract,
            dated=day_in(sent.dated, "dated") if sent.dated else None,
            due_on=day_in(sent.due_on, "due_on") if sent.due_on else None,
            secrecy=sent.secrecy,
            urgency=sent.urgency,
            sender=sent.sender,
        ),
        key=key,
    )
    return _done(done)


@router.post(
    "/incoming-documents/{arrival}/assign",
    operation_id="assignArrival",
    summary="Give an incoming document to an officer",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def assign_arrival(request: Call, arrival: Number, key: Key, sent: ArrivalAssignIn) -> DocumentDone:
    """By a head of the agency; again, to another officer."""
    officer_id = min(sent.officer, LARGEST_ID)
    due_on = day_in(sent.due_on, "due_on") if sent.due_on else None
    act = partial(incoming.assign, officer_id=officer_id, due_on=due_on)
    return _moved(request, arrival, key, sent, act)


@router.post(
    "/incoming-documents/{arrival}/finish",
    operation_id="finishArrival",
    summary="Say what was done of an incoming document",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def finish_arrival(request: Call, arrival: Number, key: Key, sent: ArrivalFinishIn) -> DocumentDone:
    """By the officer to whom it was given."""
    return _moved(request, arrival, key, sent, partial(incoming.finish, result=sent.result))


@router.post(
    "/incoming-documents/{arrival}/refuse",
    operation_id="refuseArrival",
    summary="Send an incoming document back",
    auth=officers(SCOPE),
    response=answers({200: DocumentDone}, *TOLD),
)
def refuse_arrival(request: Call, arrival: Number, key: Key, sent: ArrivalRefuseIn) -> DocumentDone:
    """By the clerk; it keeps its number, and its sender is told by e-mail."""
    act = partial(incoming.refuse, reason=sent.reason, sender=sent.sender)
    return _moved(request, arrival, key, sent, act)


def _moved(
    request: Call, arrival: int, key: str, sent: ArrivalMoveIn, act: Callable[..., Done]
) -> DocumentDone:
    caller, number = request.auth, min(arrival, LARGEST_ID)
    told = {"actor": caller.actor, "at": caller.at, "revision": sent.revision, "key": key}
    return _done(act(arrival_id=number, **told))


def _arrival(row: IncomingDocument) -> ArrivalOut:
    return ArrivalOut(
        id=row.pk,
        agency=tree().nodes[row.agency_id].code,
        number=row.number,
        year=row.year,
        arrived_on=row.arrived_on.isoformat(),
        author=row.author,
        signs=row.signs,
        dated=row.dated.isoformat() if row.dated else None,
        abstract=row.abstract,
        due_on=row.due_on.isoformat() if row.due_on else None,
        handler=row.handler.name if row.handler else "",
        urgency=URGENCIES[row.urgency],
        hand_over_by=written(hand_over_by(row)) if row.state == "registered" else None,
        state=str(row.state),
        revision=row.revision,
    )
