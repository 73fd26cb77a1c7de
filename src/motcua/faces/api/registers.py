"""Sổ đăng ký: what a register is, its records as the caller may see them, and acts on them."""

from __future__ import annotations

import datetime
import tempfile
from typing import Annotated, Any

from django.http import FileResponse, HttpResponse
from ninja import Path, Query, Router, Status

from motcua.core.access import log
from motcua.core.agencies.queries import LARGEST_ID, agency_by_code, tree
from motcua.core.places import places
from motcua.core.registers import acts
from motcua.core.registers.acts import Done
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.exported import ask
from motcua.core.registers.exporting import FileForm, Wish, give
from motcua.core.registers.loading import register_of, registers
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.preparing import Order
from motcua.core.registers.quality import quality, together
from motcua.core.registers.querying import FAILINGS, Filter, listed
from motcua.core.registers.revealing import reveal
from motcua.core.registers.rights import NoSuchRecord, day_of, record_of
from motcua.core.registers.rules import version_at
from motcua.core.registers.showing import Shower
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.exported import LOCATION, ExportOut, place_of, told_of
from motcua.faces.api.filing import Key
from motcua.faces.api.filing import day_of as day_in
from motcua.faces.api.given_files import file_answer
from motcua.faces.api.officers import TOLD
from motcua.faces.api.recorded import (
    RecordAsOf,
    RecordChangeIn,
    RecordDone,
    RecordIn,
    RecordNewIn,
    RecordOut,
    RecordReasonIn,
    RecordRevealIn,
    Records,
    RecordsAs,
    RecordSeenIn,
    RecordsExported,
    RecordsWanted,
    RecordVersionOut,
    RecordVersions,
    RegisterOut,
    RegisterPartOut,
    RegisterQualityList,
    RegisterQualityOut,
    Registers,
)
from motcua.faces.api.refs import only
from motcua.faces.api.revealing import Revealed
from motcua.faces.api.schemas import named, written
from motcua.faces.api.sent import MOST_ID
from motcua.faces.ui import reads
from motcua.faces.ui.sending import made
from motcua.kernel import geometry

router = Router(tags=["registers"])

SCOPE = "registers"
Named = Annotated[str, Path(min_length=1, max_length=40, description="key of a register")]
Number = Annotated[int, Path(ge=1, le=MOST_ID, description="number of a record")]
_FILE = file_answer(one.value for one in FileForm)


@router.get(
    "/registers",
    operation_id="listRegisters",
    summary="Every register, its parts and its quality",
    auth=officers("read"),
    response=answers({200: Registers}, 401, 403, 429),
)
def list_registers(request: Call) -> Registers:
    """Shares are counted over what the caller may read."""
    only(request)
    on = day_of(request.auth.at)
    return Registers(items=[_register(request, one, on) for one in registers().values()])


def _register(request: Call, one: RegisterDeclaration, on: datetime.date) -> RegisterOut:
    told = together(one, quality(request.auth.actor, one, on))
    return RegisterOut(
        key=one.key,
        system=one.system,
        name=named(one.name, one.key),
        about=named(one.about, one.key),
        geometry=one.form.value,
        natural=list(one.natural),
        cycle_days=one.cycle_days,
        parts=[
            RegisterPartOut(
                key=part.key,
                label=named(part.label, part.key),
                type=getattr(part, "to", "") or str(getattr(part, "type", "")),
                required=part.required,
            )
            for part in one.parts()
        ],
        records=told.total,
        complete=_thousandths(told.complete_share),
        clean=_thousandths(told.clean_share),
        alive=_thousandths(told.alive_share),
    )


def _thousandths(share: float | None) -> int | None:
    return None if share is None else round(share * 1000)


@router.get(
    "/registers/{register_key}/records",
    operation_id="listRecords",
    summary="The records of a register that the caller may read",
    auth=officers("read"),
    response=answers({200: Records}, 401, 403, 404, 429),
)
def list_records(request: Call, register_key: Named, wanted: Query[RecordsWanted]) -> Records:
    """Fifty a page, what was entered last first; personal values are masked."""
    only(request, *RecordsWanted.model_fields)
    declaration, caller = register_of(register_key), request.auth
    found = listed(
        caller.actor,
        declaration,
        filter_of(declaration, wanted),
        on=day_of(caller.at),
        page=wanted.page,
        size=50,
    )
    _note(request, declaration, log.Kind.LISTED, count=len(found.rows))
    items = _records(request, declaration, found.rows)
    return Records(items=items, total=found.total, page=found.page, pages=found.pages)


def filter_of(declaration: RegisterDeclaration, wanted: RecordsAs) -> Filter:
    """Read what a list is narrowed to; what is no value of it narrows nothing."""
    known = {*FAILINGS, *(one.key for one in declaration.rules)}
    node = agency_by_code(wanted.agency) if wanted.agency else None
    return Filter(
        words=wanted.q,
        agency_id=node.id if node else None,
        failing=wanted.failing if wanted.failing in known else "",
        retired=wanted.retired,
    )


def _note(
    request: Call,
    declaration: RegisterDeclaration,
    kind: log.Kind,
    *,
    count: int = 1,
    record: Record | None = None,
) -> None:
    if not declaration.is_personal:
        return
    log.of_records(
        reads.reader(request, request.auth.actor, request.auth.at),
        kind,
        what=f"register.{declaration.key}" + (f".{record.pk}" if record else ""),
        count=count,
        agencies=[record.agency_id] if record else (),
        query=request.GET.urlencode(),
    )


def _records(
    request: Call, declaration: RegisterDeclaration, rows: list[Record]
) -> list[RecordOut]:
    shower = Shower(request.auth.actor, declaration, rows, "vi")
    nodes = tree().nodes
    found = []
    for row in rows:
        cells = shower.cells(row)
        found.append(
            RecordOut(
                id=row.pk,
                title=row.title,
                revision=row.number,
                agency=nodes[row.agency_id].code,
                since=row.since.isoformat(),
                recorded_at=written(row.recorded_at),
                retired=row.retired,
                confirmed_on=row.confirmed_on.isoformat(),
                broken=[one for one in row.broken.split(",") if one],
                values={one.key: one.text for one in cells if one.text},
                masked=[one.key for one in cells if one.masked],
                geometry=_shape(row.geometry),
            )
        )
    return found


def _shape(text: str) -> dict[str, Any] | None:
    shape = geometry.kept(text)
    return shape.geojson() if shape else None


@router.get(
    "/registers/{register_key}/records/{record}",
    operation_id="getRecord",
    summary="One record as it stands",
    auth=officers("read"),
    response=answers({200: RecordOut}, 401, 403, 404, 429),
)
def get_record(request: Call, register_key: Named, record: Number) -> RecordOut:
    """The revision stands in it; a change names it."""
    only(request)
    declaration = register_of(register_key)
    row = record_of(request.auth.actor, declaration, min(record, LARGEST_ID))
    _note(request, declaration, log.Kind.OPENED, record=row)
    return _records(request, declaration, [row])[0]


@router.get(
    "/registers/{register_key}/records/{record}/versions",
    operation_id="listRecordVersions",
    summary="The versions of a record, or the one of a day",
    auth=officers("read"),
    response=answers({200: RecordVersions}, 401, 403, 404, 429),
)
def list_record_versions(
    request: Call, register_key: Named, record: Number, wanted: Query[RecordAsOf]
) -> RecordVersions:
    """Each version says what is so from its day on, over all that was said before it."""
    only(request, *RecordAsOf.model_fields)
    declaration = register_of(register_key)
    row = record_of(request.auth.actor, declaration, min(record, LARGEST_ID))
    _note(request, declaration, log.Kind.OPENED, record=row)
    rows = list(RecordVersion.objects.filter(pk__range=places(row.pk)).order_by("pk"))
    if wanted.on is not None:
        then = version_at(rows, on=day_in(wanted.on, "on"))
        if then is None:
            raise NoSuchRecord
        rows = [then]
    shower = Shower(request.auth.actor, declaration, rows, "vi", kept_by=row.agency_id)
    return RecordVersions(items=[_version(shower, one) for one in rows])


def _version(shower: Shower, row: RecordVersion) -> RecordVersionOut:
    cells = shower.cells(row)
    return RecordVersionOut(
        number=row.pk & 0xFFFFFF,
        act=row.act,
        agency=tree().nodes[row.agency_id].code,
        since=row.since.isoformat(),
        recorded_at=written(row.recorded_at),
        retired=row.retired,
        values={one.key: one.text for one in cells if one.text},
        masked=[one.key for one in cells if one.masked],
        geometry=_shape(row.geometry),
    )


@router.get(
    "/registers/{register_key}/quality",
    operation_id="getRegisterQuality",
    summary="Complete, clean and alive, by agency",
    auth=officers("read"),
    response=answers({200: RegisterQualityList}, 401, 403, 404, 429),
)
def get_register_quality(request: Call, register_key: Named) -> RegisterQualityList:
    """Counted over the records in use that the caller may read."""
    only(request)
    declaration = register_of(register_key)
    nodes = tree().nodes
    parts = quality(request.auth.actor, declaration, day_of(request.auth.at))
    return RegisterQualityList(
        items=[
            RegisterQualityOut(
                agency=nodes[one.agency_id].code,
                records=one.total,
                asked=one.asked,
                filled=one.filled,
                complete=one.whole,
                clean=one.clean,
                alive=one.alive,
                rules=dict(one.rules),
            )
            for one in parts
            if one.agency_id is not None
        ]
    )


@router.get(
    "/registers/{register_key}/export",
    operation_id="exportRecords",
    summary="Export the records of a register that the caller may read",
    auth=officers("export"),
    response=answers({}, 401, 403, 404, 429),
    openapi_extra={"responses": {200: _FILE}},
)
def export_records(
    request: Call, register_key: Named, wanted: Query[RecordsExported]
) -> FileResponse:
    """Rows, order and masks of `listRecords`, up to 10,000; `askForRecords` has no bound.

    Every batch is written to the access log first.
    """
    only(request, *RecordsExported.model_fields)
    wish = _wish(request, register_key, wanted)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        give(out, wish)
    except BaseException:
        out.close()
        raise
    return made(out, f"{wish.declaration.key}.{wanted.format}")


@router.post(
    "/registers/{register_key}/exports",
    operation_id="askForRecords",
    summary="Have the records of a register exported by a job",
    auth=officers("export"),
    response=answers({202: ExportOut}, 401, 403, 404, 429, 507),
    openapi_extra={"responses": {202: {"headers": LOCATION}}},
)
def ask_for_records(
    request: Call, response: HttpResponse, register_key: Named, wanted: Query[RecordsExported]
) -> Status[ExportOut]:
    """Rows and masks of `listRecords`, any number; `getExport` and `fetchExport` go on from here.

    The file holds what the caller may read both now and when it is made; every batch is written to
    the access log.
    """
    only(request, *RecordsExported.model_fields)
    row = ask(_wish(request, register_key, wanted))
    response["Location"] = place_of(row)
    return Status(202, told_of(row))


def _wish(request: Call, register_key: str, wanted: RecordsExported) -> Wish:
    declaration, caller = register_of(register_key), request.auth
    return Wish(
        reader=reads.reader(request, caller.actor, caller.at),
        declaration=declaration,
        wanted=filter_of(declaration, wanted),
        form=FileForm(wanted.format),
        query=request.GET.urlencode(),
    )


@router.post(
    "/registers/{register_key}/records/{record}/reveal",
    operation_id="revealRecordValue",
    summary="Have a masked value of a record shown",
    auth=officers("reveal"),
    response=answers({200: Revealed}, 401, 403, 404, 413, 415, 429),
)
def reveal_record_value(
    request: Call, register_key: Named, record: Number, asked: RecordRevealIn
) -> Revealed:
    """Write down who looks at what and why, then answer the value as it stands.

    Personal values are for whoever may read the record, secret ones for the agency that keeps it.
    """
    only(request)
    caller = request.auth
    value = reveal(
        reader=reads.reader(request, caller.actor, caller.at),
        declaration=register_of(register_key),
        record_id=min(record, LARGEST_ID),
        field=asked.field,
        purpose=asked.purpose,
    )
    return Revealed(field=asked.field, value=value)


@router.post(
    "/registers/{register_key}/records",
    operation_id="enterRecord",
    summary="Enter a new record",
    auth=officers(SCOPE),
    response=answers({200: RecordDone}, *TOLD),
)
def enter_record(request: Call, register_key: Named, key: Key, sent: RecordNewIn) -> RecordDone:
    """By who keeps the register in that agency; the natural key is unique in the register."""
    caller = request.auth
    done = acts.enter(
        actor=caller.actor,
        at=caller.at,
        declaration=register_of(register_key),
        agency_id=agency_by_code(sent.agency, on=day_of(caller.at)).id,
        order=_order(sent),
        key=key,
    )
    return _done(done)


@router.post(
    "/registers/{register_key}/records/{record}/change",
    operation_id="changeRecord",
    summary="Say anew what a record is",
    auth=officers(SCOPE),
    response=answers({200: RecordDone}, *TOLD),
)
def change_record(
    request: Call, register_key: Named, record: Number, key: Key, sent: RecordChangeIn
) -> RecordDone:
    """A new version from `since` on. Secret values that are left out stay as they are."""
    done = acts.change(**_of(request, register_key, record, key, sent), order=_order(sent))
    return _done(done)


@router.post(
    "/registers/{register_key}/records/{record}/confirm",
    operation_id="confirmRecord",
    summary="Say that a record is still right",
    auth=officers(SCOPE),
    response=answers({200: RecordDone}, *TOLD),
)
def confirm_record(
    request: Call, register_key: Named, record: Number, key: Key, sent: RecordSeenIn
) -> RecordDone:
    """It is alive for another cycle of its register."""
    return _done(acts.confirm(**_of(request, register_key, record, key, sent)))


@router.post(
    "/registers/{register_key}/records/{record}/retire",
    operation_id="retireRecord",
    summary="Take a record out of use",
    auth=officers(SCOPE),
    response=answers({200: RecordDone}, *TOLD),
)
def retire_record(
    request: Call, register_key: Named, record: Number, key: Key, sent: RecordReasonIn
) -> RecordDone:
    """It stays and can be restored; refused while records in use name it."""
    return _done(acts.retire(**_of(request, register_key, record, key, sent), reason=sent.reason))


@router.post(
    "/registers/{register_key}/records/{record}/restore",
    operation_id="restoreRecord",
    summary="Take a retired record into use again",
    auth=officers(SCOPE),
    response=answers({200: RecordDone}, *TOLD),
)
def restore_record(
    request: Call, register_key: Named, record: Number, key: Key, sent: RecordReasonIn
) -> RecordDone:
    """As it was when it was retired."""
    return _done(acts.restore(**_of(request, register_key, record, key, sent), reason=sent.reason))


def _of(
    request: Call, register_key: str, record: int, key: str, sent: RecordChangeIn | RecordSeenIn
) -> dict[str, Any]:
    return {
        "actor": request.auth.actor,
        "at": request.auth.at,
        "declaration": register_of(register_key),
        "record_id": min(record, LARGEST_ID),
        "revision": sent.revision,
        "key": key,
    }


def _order(sent: RecordIn) -> Order:
    since = day_in(sent.since, "since") if sent.since else None
    return Order(sent.values, sent.geometry, since, sent.reason)


def _done(done: Done) -> RecordDone:
    return RecordDone(id=done.record_id, revision=done.number)
