"""`motcua VERB [NOUN]`: one parser, one module per verb, Django only where a verb needs it."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from motcua.core.space import NoSpace, is_full
from motcua.kernel.errors import Invalid, Refused

# Verb → module; each has `add(parser)` and `run(options) -> int`. Imported when called for, so
# that `motcua up` stays a small process beside the web and the worker.
VERBS = {
    "up": ("motcua.site.cli.up", "start the web and the worker (and the sample city)"),
    "load": ("motcua.site.cli.load", "load the procedures, or the sample city"),
    "agencies": ("motcua.site.cli.agencies", "show the agencies and who holds which post"),
    "areas": ("motcua.site.cli.areas", "the units of a province through time"),
    "accounts": ("motcua.site.cli.accounts", "open, invite, close and list accounts"),
    "keys": ("motcua.site.cli.keys", "make, list and revoke the keys of programs"),
    "simulate": ("motcua.site.cli.simulate", "drive made-up dossiers through the real acts"),
    "seed": ("motcua.site.cli.seed", "fill an empty database with made-up dossiers to measure"),
    "procedures": ("motcua.site.cli.procedures", "new versions, and running dossiers to them"),
    "catalogue": ("motcua.site.cli.catalogue", "the procedures as the state publishes them"),
    "import": ("motcua.site.cli.importing", "take dossiers over, or a file into a register"),
    "export": ("motcua.site.cli.exporting", "give dossiers back as a file"),
    "ledger": ("motcua.site.cli.ledger", "seal, verify, and show the public key"),
    "verify": ("motcua.site.cli.verify", "check a paper or a proof offline"),
    "backup": ("motcua.site.cli.backup", "save the whole house while it works; list; drill"),
    "restore": ("motcua.site.cli.restore", "bring a saved house back, elsewhere, and check it"),
    "erase": ("motcua.site.cli.erase", "erase a finished dossier, or hold it from being erased"),
    "retention": ("motcua.site.cli.retention", "how long dossiers are kept, and which are due"),
    "what-if": ("motcua.site.cli.what_if", "replay a past period under other assumptions"),
    "mission": ("motcua.site.cli.mission", "what of the mission is here, row by row"),
    "calendar": ("motcua.site.cli.calendar", "days off and worked days, and the dates they move"),
    "reform": ("motcua.site.cli.reform", "agencies end on a day and heirs go on"),
    "status": ("motcua.site.cli.status", "whether the house is well, and what to see to"),
    "worker": ("motcua.site.cli.worker", "run the background jobs"),
    "migrate": ("motcua.site.cli.migrate", "bring the database to this version"),
}


# What SQLite and PostgreSQL say when a table or column isn't there.
_UNPREPARED = ("no such table", "no such column", "relation ", "column ")


class NotMigrated(Refused):
    """The database is not there, or not of this version."""

    code = "cli.not_migrated"
    vi = "Cơ sở dữ liệu chưa sẵn sàng ({reason}). Hãy chạy “motcua migrate” trước."
    en = "The database is not ready ({reason}). Run “motcua migrate” first."


class DatabaseAway(Refused):
    """The database cannot be reached, opened or written, or is no database."""

    code = "cli.database_away"
    vi = "Không dùng được cơ sở dữ liệu: {reason}. Hãy xem lại MOTCUA_DATABASE."
    en = "The database cannot be used: {reason}. Check MOTCUA_DATABASE."


class NotUsable(Refused):
    """A file or folder of this instance cannot be read or written."""

    code = "cli.not_usable"
    vi = "Không đọc hoặc ghi được {path}: {reason}. Hãy xem lại MOTCUA_HOME và quyền trên đó."
    en = "Cannot read or write {path}: {reason}. Check MOTCUA_HOME and its permissions."


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or found something wrong, 2 called wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="motcua", description=__doc__)
    commands = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, (module, text) in VERBS.items():
        command = commands.add_parser(verb, help=text, description=text)
        if given[:1] == [verb]:
            import_module(module).add(command)
    return run(parser.parse_args(given))


def run(options: argparse.Namespace) -> int:
    """Run the module of a verb and tell a refusal in both languages."""
    try:
        return _run(options)
    except Refused as refusal:
        _tell(refusal)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the answer has gone, as in `motcua … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _run(options: argparse.Namespace) -> int:
    try:
        code = int(import_module(VERBS[options.verb][0]).run(options))
        sys.stdout.flush()
    except Refused:
        raise
    except Exception as error:
        named = _named(error)
        if named is None:
            raise
        raise named from error
    return code


def _named(error: Exception) -> Refused | None:
    """Name what is no fault of the program, by the error's class: no driver is loaded for it."""
    if is_full(error):
        return NoSpace()
    kind, reason = type(error).__name__, (str(error).splitlines() or [""])[0]
    raised = kind in {"OperationalError", "ProgrammingError", "UndefinedTable"}
    if raised and reason.startswith(_UNPREPARED):
        return NotMigrated(reason=reason)
    if kind == "OperationalError" or reason == "file is not a database":
        return DatabaseAway(reason=reason)
    if isinstance(error, OSError) and error.filename is not None:
        return NotUsable(path=error.filename, reason=error.strerror)
    return None


def _tell(refusal: Refused, before: str = "") -> None:
    said = f"{refusal.text('vi')} / {refusal.text('en')}"
    print(f"{before}[{refusal.code}] {said}", file=sys.stderr)
    if isinstance(refusal, Invalid):
        for field, problem in refusal.problems.items():
            _tell(problem, f"  {field}: ")
