"""Run the tests that `make test` leaves out, and end with pytest's own closing line.

1. On SQLite: crashes, Chromium, made-up requests, and the leak walk as every kind of actor.
2. The suite again on a throw-away PostgreSQL (`postgres.py`), without the tests of the kernel,
   which by the import law cannot reach a database. What no statement orders comes the other way
   round (`tests/unordered.py`).
3. The crashes again on PostgreSQL, after the rest: a test's transaction of minutes would hold back
   what a restore has to wait for.

Browsers and servers wait for each other, so three processes keep two cores busy.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from postgres import NoPostgres, binaries

from tests.chromium import ABSENT, installed

_PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "3", "--dist", "worksteal"]
_MORE = "(browser or recovery or fuzz or wide) and not postgres"
_AGAIN = "not browser and not fuzz and not wide and not recovery"
_UNORDERED = ("-p", "tests.unordered")
_ABOVE_THE_KERNEL = "--ignore=src/motcua/kernel"


def missing() -> list[str]:
    """Give one sentence for each program that these tests need and that is not installed."""
    sentences = []
    try:
        binaries()
    except NoPostgres as absent:
        sentences.append(str(absent))
    if installed() is None:
        sentences.append(ABSENT)
    return sentences


def main() -> int:
    """Run both parts whatever the first says; fail when either failed."""
    if sentences := missing():
        print(*sentences, sep="\n", file=sys.stderr)
        return 1
    print("Crash and browser tests on SQLite …", flush=True)
    first = subprocess.run([*_PYTEST, "-m", _MORE], check=False).returncode
    if first == pytest.ExitCode.NO_TESTS_COLLECTED:
        print("There is no crash or browser test yet.")
        first = 0
    elif first:
        print("Crash or browser tests FAILED; the suite on PostgreSQL follows.")
    print("The suite on PostgreSQL …", flush=True)
    beside = [sys.executable, str(Path(__file__).with_name("postgres.py"))]
    again = [*beside, *_PYTEST, *_UNORDERED, _ABOVE_THE_KERNEL, "-m", _AGAIN]
    second = subprocess.run(again, check=False).returncode
    print("Crashes on PostgreSQL …", flush=True)
    third = subprocess.run([*beside, *_PYTEST, "-m", "recovery"], check=False).returncode
    return first or second or third


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    sys.exit(main())
