"""Erasing what a record of a register says: its key and its chain stay, and that it was erased.

A record that is out of use, of a register that holds personal values, on a lawful request or by a
retention rule. The act is a version with the key alone; every version before it is emptied and
loses its salt, so that no value can be matched with a commitment.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db.models import ForeignKey, Model

from motcua.core.access.actors import Actor
from motcua.core.access.forgetting import forget_record_words
from motcua.core.agencies.queries import tree
from motcua.core.dossiers.erased import NO_FIELDS, NO_SALT
from motcua.core.erasure import rules
from motcua.core.erasure.clearing import EXPORTS, overwriting
from motcua.core.files.models import StoredFile
from motcua.core.jobs.queue import enqueue
from motcua.core.places import place
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.rights import NoSuchRecord, day_of, record_of
from motcua.core.registers.standing import ERASE, key_alone
from motcua.core.registers.writing import Change, stream_of, write
from motcua.core.sql import Sql, Tx, act, reading
from motcua.kernel.errors import Refused

_HOUSE = "system:"
_KEYS = Sql("DELETE FROM idempotency_requestkey WHERE stream = %s")


class RecordInUse(Refused):
    """A record that somebody keeps is needed for what it is kept for."""

    code = "erasure.record_in_use"
    vi = "Bản ghi đang dùng; hãy ngừng bản ghi trước khi xóa nội dung."
    en = "The record is in use; retire it before its content is erased."
    status = 409


class NothingPersonal(Refused):
    """The register holds nothing that erasure is about."""

    code = "erasure.nothing_personal"
    vi = "Sổ này không có mục nào mang thông tin cá nhân nên không có gì để xóa."
    en = "This register has no personal part, so there is nothing to erase."


class RecordErased(Refused):
    """The content of the record is gone already."""

    code = "erasure.record_erased"
    vi = "Nội dung của bản ghi này đã được xóa."
    en = "The content of this record was erased already."
    status = 410


class NotTheRecordsKeeper(Refused):
    """Only the data keeper of the agency that keeps the record erases it."""

    code = "erasure.not_the_records_keeper"
    vi = "Chỉ người giữ dữ liệu của cơ quan phụ trách bản ghi hoặc cấp trên được xóa bản ghi này."
    en = "Only the data keeper of the agency that keeps this record, or of one above, erases it."
    status = 403


@dataclass(frozen=True, slots=True)
class Erased:
    """The record whose content went, and the version that says so."""

    record_id: int
    number: int


def erase_record(
    *,
    actor: Actor,
    at: datetime.datetime,
    record_id: int,
    document: str,
    again: bool = False,
) -> Erased:
    """Erase all that a record says but its key, by the number of a document.

    Values, shape, reasons, index, search words, links, salts, request keys and files that a system
    keeps with it go in the act; bytes and free space by a job right after it. Files of exports are
    given up. Raises `NoSuchRecord`, `NotTheRecordsKeeper`, `NothingPersonal`, `RecordInUse`,
    `RecordErased`, `DocumentWrong`.

    `again`: it was erased once and came back with a restore, perhaps from before it was retired.
    """
    by = rules.document(document)
    overwriting(reading())
    with act() as tx:
        row = Record.objects.select_for_update().filter(pk=record_id).first()
        if row is None:
            raise NoSuchRecord
        declaration = register_of(row.register)
        _may(actor, declaration, row)
        _refuse(declaration, row, again=again)
        _write(tx, declaration, row, actor, max(at, row.recorded_at), by)
        gone = _clear(tx, row)
        enqueue(tx, "erasure.finish", {"record": row.pk, "files": gone}, at=at)
    return Erased(row.pk, row.number)


def _may(actor: Actor, declaration: RegisterDeclaration, row: Record) -> None:
    """Let the house, and the data keeper of the keeping agency or one above, act."""
    if actor.key.startswith(_HOUSE):
        return
    if any(actor.holds(one, rules.KEEPER) for one in tree().chain(row.agency_id)):
        return
    record_of(actor, declaration, row.pk)  # who may not know of it is told nothing
    raise NotTheRecordsKeeper


def _refuse(declaration: RegisterDeclaration, row: Record, *, again: bool) -> None:
    if row.erased:
        raise RecordErased
    if again:
        return
    if not declaration.is_personal:
        raise NothingPersonal
    if not row.retired:
        raise RecordInUse


def _write(
    tx: Tx,
    declaration: RegisterDeclaration,
    row: Record,
    actor: Actor,
    at: datetime.datetime,
    document: str,
) -> None:
    on = day_of(at)
    change = Change(
        row,
        ERASE,
        key_alone(declaration, row, on),
        on,
        retired=True,
        told={"document": document},
    )
    write(tx, declaration, [change], actor=actor, at=at)


def _clear(tx: Tx, row: Record) -> list[str]:
    """Empty what was said before; give the hashes of files that nothing holds any more."""
    before = RecordVersion.objects.filter(
        pk__range=(place(row.pk, 1), place(row.pk, row.number) - 1)
    )
    before.update(values=NO_FIELDS, geometry="", reason="", salt=NO_SALT)
    tx.run(_KEYS, stream_of(row.pk))
    forget_record_words(tx, register=row.register, record_id=row.pk)
    tx.run(EXPORTS)
    return _loose_files(row)


def _loose_files(row: Record) -> list[str]:
    """Take the files that systems keep with a record: rows of theirs that name both."""
    numbers: set[int] = set()
    for model, of, name in _attached():
        rows = model._default_manager.filter(**{of: row})  # noqa: SLF001
        numbers.update(rows.values_list(f"{name}_id", flat=True))
        rows.delete()
    found = StoredFile.objects.filter(pk__in=numbers)
    return [_forgotten(file) for file in found if not _is_held(file)]


def _forgotten(file: StoredFile) -> str:
    sha256: str = file.sha256
    file.delete()
    return sha256


Naming = tuple[type[Model], str]
"""A model, and the name of its column that leads to another one."""


def _naming(target: type[Model]) -> list[Naming]:
    """Give the models that name another one."""
    return [
        (model, column.name)
        for model in apps.get_models()
        for column in model._meta.concrete_fields  # noqa: SLF001 - Django's own name
        if isinstance(column, ForeignKey) and column.related_model is target
    ]


def _attached() -> list[tuple[type[Model], str, str]]:
    """Give the models beside records that name a record and a file."""
    files = dict(_naming(StoredFile))
    return [(model, of, files[model]) for model, of in _naming(Record) if model in files]


def _is_held(file: StoredFile) -> bool:
    return any(
        model._default_manager.filter(**{name: file}).exists()  # noqa: SLF001
        for model, name in _naming(StoredFile)
    )
