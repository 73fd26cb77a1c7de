"""`motcua erase [erase|hold|release] CODE`: the acts of the data keeper by hand."""

from __future__ import annotations

import argparse
import datetime
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer

if TYPE_CHECKING:
    from motcua.core.access.actors import Actor


class NoSuchOfficer(Refused):
    """Nobody who answers for it signs in under that name."""

    code = "cli.no_such_officer"
    vi = "Không có cán bộ nào đăng nhập bằng tên “{name}”."
    en = "No officer signs in as “{name}”."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare what to do, with which dossier, who answers for it and by which document."""
    parser.add_argument("what", choices=["erase", "hold", "release"])
    parser.add_argument("dossier", help="the code or the look-up number; of a record its number")
    parser.add_argument("--register", default="", help="erase a record of this register")
    parser.add_argument("--by", required=True, help="the data keeper's sign-in name")
    parser.add_argument("--document", required=True, help="the document that asks for it")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Do it as the officer would, with the officer's posts of today."""
    ready()
    from motcua.core.dossiers.situation import find_id
    from motcua.core.erasure.actions import erase, hold, release
    from motcua.core.now import now
    from motcua.core.sql import reading

    at = now()
    if options.register:
        return _record(options, at)
    act = {"erase": erase, "hold": hold, "release": release}[options.what]
    done = act(
        actor=keeper(options.by, at),
        at=at,
        dossier_id=find_id(reading(), options.dossier),
        document=options.document,
    )
    answer(options, {"lookup": done.lookup, "code": done.code, "entry": done.entry})
    return 0


def _record(options: argparse.Namespace, at: datetime.datetime) -> int:
    from motcua.core.erasure.records import erase_record
    from motcua.core.registers.loading import register_of
    from motcua.core.registers.models import Record
    from motcua.core.registers.rights import NoSuchRecord

    declaration = register_of(options.register)
    number = int(options.dossier) if options.dossier.isdecimal() else 0
    rows = Record.objects.filter(register=declaration.key)
    if options.what != "erase" or not rows.filter(pk=number).exists():
        raise NoSuchRecord
    done = erase_record(
        actor=keeper(options.by, at), at=at, record_id=number, document=options.document
    )
    answer(options, {"record": done.record_id, "revision": done.number})
    return 0


def keeper(name: str, at: datetime.datetime) -> Actor:
    """Give the officer who signs in under a name, as actor."""
    from motcua.core.access.actors import officer
    from motcua.core.people.models import Account

    found = Account.objects.filter(username__iexact=name, is_active=True).first()
    if found is None or found.officer is None:
        raise NoSuchOfficer(name=name)
    return officer(found.officer.pk, found.officer.name, at.date())
