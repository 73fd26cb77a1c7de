"""`motcua restore ARCHIVE --home DIR`: a house again, elsewhere, out of an archive."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from motcua.core.backups.archive import Archive, at_root, read_archive
from motcua.core.backups.sealed_file import passphrase
from motcua.kernel.errors import Refused
from motcua.site.cli.output import add_json, answer
from motcua.site.cli.restoring import Order, restore


class WhichArchive(Refused):
    """Neither an archive nor a sealed root in a folder of archives was named."""

    code = "restore.which_archive"
    vi = "Hãy nêu thư mục bản sao lưu, hoặc --at GỐC cùng --from THƯ-MỤC (hay MOTCUA_BACKUPS)."
    en = "Name an archive, or --at ROOT with --from FOLDER (or MOTCUA_BACKUPS)."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("archive", nargs="?", type=Path, help="the folder of one archive")
    parser.add_argument("--at", metavar="ROOT", help="the archive whose last sealed root this is")
    parser.add_argument("--from", dest="folder", type=Path, help="with --at: the archives' folder")
    parser.add_argument("--home", type=Path, required=True, help="the new home, empty or not there")
    parser.add_argument("--database", help="the new PostgreSQL database, empty")
    parser.add_argument("--witness", type=Path, help="the witness that survived: always, if real")
    parser.add_argument("--keys", type=Path, help="the folder with the saved keys")
    parser.add_argument("--passphrase", type=Path, help="a file with the archive's passphrase")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Restore, tell what was found, and give 1 when anything is wrong with it."""
    archive = read_archive(options.archive) if options.archive else _at(options)
    words = passphrase(options.passphrase) if options.passphrase else None
    told = restore(
        Order(
            archive=archive,
            lock=archive.lock(words),
            home=options.home.absolute(),
            database=options.database,
            witness=options.witness,
            keys=options.keys,
        )
    )
    answer(options, told.as_json())
    return 0 if told.ok else 1


def _at(options: argparse.Namespace) -> Archive:
    folder = options.folder or os.environ.get("MOTCUA_BACKUPS")
    if options.at is None or folder is None:
        raise WhichArchive
    return at_root(Path(folder), options.at)
