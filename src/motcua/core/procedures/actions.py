"""Drafting, publishing and retiring a version. Files only seed drafts.

What happened is returned; the caller, who stands above the ledger, records it. ``actor`` is the
stable key of the actor, as in ``officer:12``.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from django.db import transaction

from motcua.core.procedures import queries
from motcua.core.procedures.checks import publish_faults
from motcua.core.procedures.checks_parts import part_faults
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.encoding import body_of, declaration_of
from motcua.core.procedures.faults import MapFaulty, NotPublishable, fault
from motcua.core.procedures.mapping import faults_of, read_map
from motcua.core.procedures.models import Procedure, PublishedMap, Version
from motcua.core.procedures.queries import UnknownVersion
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import system_of
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold


class BelongsElsewhere(Refused):
    """Two systems claim the same procedure code."""

    code = "procedures.belongs_elsewhere"
    vi = "Thủ tục {procedure} thuộc hệ thống “{system}”; không thể lập bản thảo ở hệ thống khác."
    en = "The procedure {procedure} belongs to the system “{system}”; it cannot be drafted here."
    status = 409


class NotADraft(Refused):
    """Only a draft can be published."""

    code = "procedures.not_a_draft"
    vi = "Phiên bản {version} không phải bản thảo; có thể người khác đã công bố."
    en = "Version {version} is not a draft; somebody may have published it already."
    status = 409


class NotInForce(Refused):
    """Only a published version can be retired."""

    code = "procedures.not_in_force"
    vi = "Phiên bản {version} không ở trạng thái đã công bố."
    en = "Version {version} is not published."
    status = 409


class MapThere(Refused):
    """Dossiers may have gone by another map between the same versions."""

    code = "procedures.map_there"
    vi = "Đã công bố một bảng chuyển khác từ phiên bản {source} sang {target}; không thay được."
    en = "Another map from version {source} to {target} is published; it cannot be replaced."
    status = 409


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft after loading; ``changed`` is false if there was nothing to do."""

    version_id: int
    procedure: str
    number: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A version that came into force; ``retired_id`` is the one it replaced, if any."""

    version_id: int
    procedure: str
    number: int
    digest: bytes
    retired_id: int | None

    def told(self) -> dict[str, object]:
        """Give what the ledger of the house keeps of it."""
        return {
            "procedure": self.procedure,
            "number": self.number,
            "version": self.version_id,
            "digest": self.digest.hex(),
            "retired": self.retired_id,
        }


@dataclass(frozen=True, slots=True)
class Retired:
    """A version that went out of force."""

    version_id: int
    procedure: str
    number: int


@transaction.atomic
def draft(*, system: str, text: str, at: datetime.datetime) -> Drafted:
    """Make the text the open draft of its procedure; the newest version again changes nothing.

    Raises `UnreadableProcedure` or `BelongsElsewhere`.
    """
    declaration = read(text, system=system)
    return _draft(declaration, body_of(declaration), text, at)


def _draft(declaration: Declaration, body: str, text: str, at: datetime.datetime) -> Drafted:
    procedure = _procedure(declaration)
    newest = procedure.versions.order_by("-number").first()
    if newest is not None and bytes(newest.digest) == _digest(body):
        return _told(newest, procedure, changed=False)
    version = newest
    if version is None or version.state != Version.State.DRAFT:
        version = Version(procedure=procedure, number=newest.number + 1 if newest else 1)
    version.source, version.body, version.digest = text, body, _digest(body)
    version.drafted_at = at
    version.save()
    queries.forget(version.pk)
    return _told(version, procedure, changed=True)


@transaction.atomic
def seed(*, system: str, text: str, at: datetime.datetime) -> Drafted:
    """Load a file: like `draft`, but text that any version holds already changes nothing.

    So a file that was loaded long ago never overtakes what officers published since.
    """
    declaration = read(text, system=system)
    body = body_of(declaration)
    same = Version.objects.filter(procedure__code=declaration.code, digest=_digest(body))
    known = same.select_related("procedure").order_by("-number").first()
    if known is not None and known.procedure.system == system:
        return _told(known, known.procedure, changed=False)
    return _draft(declaration, body, text, at)


def _in_force(codes: set[str]) -> dict[str, Declaration]:
    rows = Version.objects.filter(procedure__code__in=codes, state=Version.State.PUBLISHED)
    told = (declaration_of(body) for body in rows.values_list("body", flat=True))
    return {one.code: one for one in told}


@transaction.atomic
def publish(*, version: int, actor: str, at: datetime.datetime) -> Published:
    """Bring a draft into force; the version in force until now is retired with it.

    Raises `UnknownVersion`, `NotADraft`, or `NotPublishable` with every fault.
    """
    row = _taken(version)
    if row.state != Version.State.DRAFT:
        raise NotADraft(version=row.number)
    declaration = declaration_of(row.body)
    faults = publish_faults(declaration, posts=system_of(declaration.system).posts)
    faults += part_faults(declaration, _in_force({one.procedure for one in declaration.parts}))
    if faults:
        raise NotPublishable(faults)
    former = row.procedure.versions.filter(state=Version.State.PUBLISHED).first()
    if former is not None:
        _retire(former, actor, at)
    row.state, row.published_at, row.published_by = Version.State.PUBLISHED, at, actor
    row.save()
    _name(row.procedure, declaration).save()
    _forget(row, former)
    return Published(
        row.pk, row.procedure.code, row.number, bytes(row.digest), former.pk if former else None
    )


@transaction.atomic
def retire(*, version: int, actor: str, at: datetime.datetime) -> Retired:
    """Take a version out of force; running dossiers go on under it.

    Raises `UnknownVersion` or `NotInForce`.
    """
    row = _taken(version)
    if row.state != Version.State.PUBLISHED:
        raise NotInForce(version=row.number)
    _retire(row, actor, at)
    _forget(row)
    return Retired(row.pk, row.procedure.code, row.number)


def is_draft(version: int) -> bool:
    """Tell whether a version may still be changed."""
    return Version.objects.filter(pk=version, state=Version.State.DRAFT).exists()


@transaction.atomic
def publish_map(*, text: str, actor: str, at: datetime.datetime) -> PublishedMap:
    """Publish a map between two versions of a procedure; the same text again changes nothing.

    Raises `UnknownVersion`, `MapThere`, or `MapFaulty` with everything that is missing or wrong.
    """
    told = read_map(text)
    versions = Version.objects.filter(procedure__code=told.procedure)
    found = {row.number: row for row in versions.exclude(state=Version.State.DRAFT)}
    for number in (told.source, told.target):
        if number not in found:
            raise UnknownVersion(version=f"{told.procedure}/{number}")
    source, target = found[told.source], found[told.target]
    if source.number >= target.number:
        raise MapFaulty([fault("procedure.map_backwards", "to")])
    faults = faults_of(told, declaration_of(source.body), declaration_of(target.body))
    if faults:
        raise MapFaulty(faults)
    row, new = PublishedMap.objects.get_or_create(
        source=source,
        target=target,
        defaults={"text": text, "published_at": at, "published_by": actor},
    )
    if not new and row.text != text:
        raise MapThere(source=source.number, target=target.number)
    return row


def _procedure(declaration: Declaration) -> Procedure:
    found = Procedure.objects.select_for_update().filter(code=declaration.code).first()
    if found is None:
        procedure = Procedure(code=declaration.code, system=declaration.system)
        _name(procedure, declaration).save()
        return procedure
    if found.system != declaration.system:
        raise BelongsElsewhere(procedure=found.code, system=found.system)
    return found


def _name(procedure: Procedure, declaration: Declaration) -> Procedure:
    procedure.name_vi, procedure.name_en = declaration.name.vi, declaration.name.en
    texts = (declaration.name, declaration.short, declaration.group)
    told = [procedure.code, *(text.vi for text in texts), *(text.en for text in texts)]
    told += [law.text for law in declaration.legal_basis]
    procedure.folded = fold(" ".join(told))
    return procedure


def _taken(version: int) -> Version:
    """Lock the procedure first, so that two acts on its versions follow one another."""
    locked = Procedure.objects.select_for_update().filter(versions=version).first()
    if locked is None:
        raise UnknownVersion(version=version)
    return Version.objects.select_related("procedure").get(pk=version)


def _retire(row: Version, actor: str, at: datetime.datetime) -> None:
    row.state, row.retired_at, row.retired_by = Version.State.RETIRED, at, actor
    row.save(update_fields=["state", "retired_at", "retired_by"])


def _forget(*rows: Version | None) -> None:
    for row in rows:
        if row is not None:
            queries.forget(row.pk)
    # A reader between now and the commit would keep what was in force before.
    transaction.on_commit(queries.forget_current)


def _digest(body: str) -> bytes:
    return hashlib.sha256(body.encode()).digest()


def _told(version: Version, procedure: Procedure, *, changed: bool) -> Drafted:
    return Drafted(version.pk, procedure.code, version.number, changed)
