"""Papers handed in: checked against what the procedure asks, then written with the act."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from motcua.core.dossiers.orders import Handed
from motcua.core.files.store import record
from motcua.core.procedures.declaration import Declaration
from motcua.core.sql import Sql, Tx
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

MAX_SHEETS = 999
MAX_PAPERS = 100
_NAME = 200

_ADD = Sql(
    "INSERT INTO files_evidence (dossier_id, seq, component, file_id, name, originals, copies)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


class UnknownComponent(Refused):
    """The procedure asks for no such paper."""

    code = "evidence.unknown_component"
    vi = "Thủ tục này không có loại giấy tờ “{component}”."
    en = "This procedure asks for no paper “{component}”."


class EvidenceMissing(Refused):
    """A required paper is not there."""

    code = "evidence.missing"
    vi = "Chưa có giấy tờ bắt buộc: {name}."
    en = "A required paper is missing: {name}."


class NothingHanded(Refused):
    """A paper without a file and without sheets."""

    code = "evidence.nothing_handed"
    vi = "“{component}” chưa có tệp và cũng không ghi số bản giấy."
    en = "“{component}” has neither a file nor a number of sheets."


class TooMuchEvidence(Refused):
    """More papers or sheets than anybody hands in."""

    code = "evidence.too_much"
    vi = "Số giấy tờ hoặc số bản vượt mức cho phép."
    en = "More papers or sheets than can be taken in."


def faults(
    declaration: Declaration, handed: Iterable[Handed], *, complete: bool, also: str = ""
) -> dict[str, Refused]:
    """Give what is wrong with the papers, by `evidence.KEY`; `complete` asks for required ones.

    `also` is one more paper that the act takes, beside those of the procedure.
    """
    given = list(handed)
    known = {rule.key for rule in declaration.evidence} | {also}
    found: dict[str, Refused] = {}
    for one in given:
        wrong = _fault(one, known)
        if wrong is not None:
            found[f"evidence.{one.component}"] = wrong
    if len(given) > MAX_PAPERS:
        found["evidence"] = TooMuchEvidence()
    if complete:
        there = {one.component for one in given}
        for rule in declaration.evidence:
            if rule.required and rule.key not in there:
                found[f"evidence.{rule.key}"] = EvidenceMissing(name=rule.name.vi)
    return found


def _fault(one: Handed, known: Iterable[str]) -> Refused | None:
    if one.component not in known:
        return UnknownComponent(component=one.component)
    if not (0 <= one.originals <= MAX_SHEETS and 0 <= one.copies <= MAX_SHEETS):
        return TooMuchEvidence()
    if one.file is None and one.originals + one.copies == 0:
        return NothingHanded(component=one.component)
    try:
        clean(one.name, limit=_NAME)
    except Refused as refusal:
        return refusal
    return None


def attach(
    tx: Tx, dossier_id: int, seq: int, handed: Iterable[Handed], *, at: datetime.datetime
) -> None:
    """Write the papers of an act.

    Files are recorded in one order, so that two acts with the same files never wait in a circle.
    """
    given = list(handed)
    files = {one.file.sha256: one.file for one in given if one.file}
    ids = {sha256: record(tx, files[sha256], at=at) for sha256 in sorted(files)}
    for one in given:
        file_id = ids[one.file.sha256] if one.file else None
        name = clean(one.name, limit=_NAME)
        tx.send(_ADD, dossier_id, seq, one.component, file_id, name, one.originals, one.copies)
