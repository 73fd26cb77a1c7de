"""Run a command beside a throw-away PostgreSQL: `postgres.py COMMAND [ARGUMENT…]`.

The cluster lives in a temporary folder, listens on a socket in that folder alone (no TCP), keeps
fsync on as a real one does, and is stopped by its pid when the command ends, however it ends.
The command finds its address in `MOTCUA_DATABASE`. PostgreSQL refuses to run as root, so root
hands it to the account `postgres`, or `nobody` where there is none.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg

_START_SECONDS = 60
_INITDB = ("-U", "motcua", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
_SERVER = ("-c", "listen_addresses=", "-c", "fsync=on")


class NoPostgres(Exception):
    """PostgreSQL is not installed here; on Debian: apt-get install postgresql"""

    def __str__(self) -> str:
        return str(self.__doc__)


def binaries() -> Path:
    """Give the folder of the newest installed server, or of the one on the PATH."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(re.sub(r"\D", "", path.parts[-3])), default=None)
    on_path = shutil.which("initdb")
    if newest is None and on_path is None:
        raise NoPostgres
    return (newest or Path(str(on_path)).resolve()).parent


def _unprivileged() -> dict[str, Any]:
    """Give the account that runs the server: ours, unless we are root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _initdb(folder: Path, account: dict[str, Any]) -> None:
    if account:
        os.chown(folder, account["user"], account["group"])
    subprocess.run(
        [binaries() / "initdb", *_INITDB, "-D", folder / "data"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
        **account,
    )


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the server answers, then make the empty database that the address names."""
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            with psycopg.connect(
                host=str(folder), user="motcua", dbname="postgres", autocommit=True
            ) as connection:
                with suppress(psycopg.errors.DuplicateDatabase):  # of a kept cluster
                    connection.execute("CREATE DATABASE motcua")
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit((folder / "log").read_text()) from None
            time.sleep(0.1)


@contextmanager
def cluster(kept: Path | None = None) -> Iterator[str]:
    """Start a cluster, give the address of its database, and stop it at the end.

    It is new and goes away again, unless a folder is named in which it is kept.
    """
    folder = kept or Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    try:
        with _running(folder):
            yield f"postgresql://motcua@/motcua?host={folder}"
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path) -> Iterator[None]:
    account = _unprivileged()
    if not (folder / "data").exists():
        _initdb(folder, account)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries() / "postgres", *_SERVER, "-D", folder / "data", "-k", str(folder)],
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C reaches the command first, the server last
            **account,
        )
    try:
        _wait(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # the "fast" shutdown: open sessions are ended
        server.wait()


def _leave(signum: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signum)


def main(command: list[str]) -> int:
    """Run the command with the cluster's address and give its exit code."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        with cluster() as address:
            environment = os.environ | {"MOTCUA_DATABASE": address}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoPostgres as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
