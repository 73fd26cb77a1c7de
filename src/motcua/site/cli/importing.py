"""`motcua import`: take dossiers over from another one-stop, or a file into a register.

`motcua import dossiers FILE --mapping FILE`, `motcua import REGISTER FILE --agency CODE`, and what
a system turns into files of its registers (`IMPORTS` of its `forms.py`), such as `reports`. Photos
come in one ZIP file with their table, or lie in a folder (`--photos`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer

if TYPE_CHECKING:
    from motcua.core.registers.packed import Pack
    from motcua.core.takeover.staging import RowRefusal


class MappingNotRead(Refused):
    """The mapping file cannot be opened, or is no UTF-8."""

    code = "takeover.mapping_not_read"
    vi = "Không đọc được tệp ánh xạ {file}: {problem}."
    en = "The mapping {file} cannot be read: {problem}."


class OptionMissing(Refused):
    """What is imported needs an option that was not given."""

    code = "cli.option_missing"
    vi = "Lệnh này cần thêm {option}."
    en = "This command needs {option} as well."


def add(parser: argparse.ArgumentParser) -> None:
    """Take a file, its mapping, and whether only to look."""
    parser.add_argument("what", metavar="WHAT", help="dossiers, reports, or the key of a register")
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CSV (UTF-8); of records also XLSX, ZIP",
    )
    parser.add_argument("--mapping", type=Path, help="of dossiers: which column means what")
    parser.add_argument("--agency", help="of a register: code of the agency that keeps it")
    parser.add_argument("--photos", type=Path, help="of a register: folder of the photos rows name")
    parser.add_argument("--dry-run", action="store_true", help="make every check, write nothing")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Take the file over and report; 1 when anything was refused."""
    ready()
    return _dossiers(options) if options.what == "dossiers" else _records(options)


def _records(options: argparse.Namespace) -> int:
    """Take a file into registers, all of it or nothing, and tell what became of each row."""
    from motcua.core.agencies.queries import agency_by_code
    from motcua.core.now import now
    from motcua.core.registers.importing import ImportFaulty, import_rows, tried
    from motcua.core.registers.loading import register_of
    from motcua.core.registers.rights import day_of, house_keeper
    from motcua.core.sql import act

    at = now()
    agency_id = agency_by_code(_needed(options.agency, "--agency"), on=day_of(at)).id
    told: dict[str, object] = {}
    wrong = 0
    pack = _pack(options)
    with act():  # what was looked at is what is written
        for key, body in _files(options.what, pack.body).items():
            declaration = register_of(key)
            actor = house_keeper("import", declaration, agency_id)
            given: dict[str, Any] = {
                "actor": actor,
                "at": at,
                "declaration": declaration,
                "agency_id": agency_id,
                "body": body,
                "photos": pack.photos,
            }
            report = tried(**given)
            told[key] = report["counts"]
            wrong += _told_wrong(key, report["rows"], quiet=options.json)
            if not (options.dry_run or wrong):
                import_rows(**given)
        if wrong:
            raise ImportFaulty(count=wrong)
    answer(options, told)
    return 0


def _pack(options: argparse.Namespace) -> Pack:
    """Read a file, and keep the photos that came with it."""
    from motcua.core.registers.packed import Pack, beside, is_pack, unpack
    from motcua.core.registers.photos import PhotosNotTaken, keeper_of

    with options.file.open("rb") as file:
        packed = is_pack(file)
        if (packed or options.photos) and keeper_of(options.what) is None:
            raise PhotosNotTaken
        if packed:
            return unpack(file)
        body = file.read()
    return beside(body, options.photos) if options.photos else Pack(body)


def _files(what: str, body: bytes) -> Mapping[str, bytes]:
    """Give the files of registers that a file is, or is turned into by a system."""
    from motcua.core.procedures.told import one_told

    turn = one_told("forms", "IMPORTS", what)
    files: Mapping[str, bytes] = turn(body) if turn is not None else {what: body}
    return files


def _told_wrong(register: str, rows: Iterable[Mapping[str, Any]], *, quiet: bool) -> int:
    """Print what is wrong, row by row; give how many rows are."""
    wrong = [one for one in rows if one["outcome"] == "wrong"]
    for one in () if quiet else wrong:
        for why in one["problems"]:
            place = f"{register} {one['line']} {why['part']}"
            print(f"{place}: [{why['code']}] {why['vi']} / {why['en']}")
    return len(wrong)


def _needed(value: Any, option: str) -> Any:  # noqa: ANN401 - whatever the parser read
    if value is None:
        raise OptionMissing(option=option)
    return value


def _dossiers(options: argparse.Namespace) -> int:
    from motcua.core.access.actors import house
    from motcua.core.now import now
    from motcua.core.takeover.actions import take_over
    from motcua.core.takeover.mapping import read_mapping

    report = take_over(
        actor=house("import"),
        at=now(),
        path=options.file,
        mapping=read_mapping(_text(_needed(options.mapping, "--mapping"))),
        dry_run=options.dry_run,
    )
    told = report.told()
    if not options.json:
        del told["refusals"]
    answer(options, told)
    if not options.json:
        _tell(report.refusals, report.refused_rows)
    return 1 if report.refused_rows else 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise MappingNotRead(file=path, problem=wrong) from wrong


def _tell(refusals: Iterable[RowRefusal], rows: int) -> None:
    listed = 0
    for one in refusals:
        place = " ".join(part for part in (str(one.line), one.case, one.column) if part)
        print(f"{place}: [{one.code}] {one.vi} / {one.en}")
        listed += 1
    if rows > listed:
        print(f"… và {rows - listed} dòng nữa / and {rows - listed} rows more")
