"""The API keeps what it describes, whatever it is sent: schemathesis finds nothing.

`MOTCUA_FUZZ_SECONDS` and `MOTCUA_FUZZ_SEED` make a longer or another run; without them every run
is the same: each operation is tried so many times, however busy the machine is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.core.accounts.scopes import SCOPES
from tests.browser.house import House, started

pytestmark = pytest.mark.fuzz

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SECONDS = os.environ.get("MOTCUA_FUZZ_SECONDS")
SEED = os.environ.get("MOTCUA_FUZZ_SEED", "20261126")
_WIDEST, _MOST = 300, 8000
OFFICERS = {"counter": "motcua", "specialist": "chuyenvien", "head": "giamdoc"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with started(tmp_path_factory.mktemp("house"), MOTCUA_LOG_LEVEL="ERROR") as running:
        yield running
        checked = running.motcua("ledger", "verify", "--state")
        assert checked.returncode == 0, checked.stdout + checked.stderr


def signed_in(house: House, username: str) -> list[str]:
    """Give the options by which an officer's program is known: a key with every scope."""
    made = house.motcua(
        *("keys", "create", username, "--name", "fuzz"),
        *("--scopes", ",".join(SCOPES), "--json"),
    )
    return ["--header", f"Authorization: Bearer {json.loads(made.stdout)['token']}"]


def run(house: House, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    schema = f"{house.address}/api/v1/openapi.json"
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    config = ["--config-file", str(HERE / "schemathesis.toml"), "--no-color", "run", schema]
    much = ["--max-time", SECONDS, "--max-examples", "25"] if SECONDS else ["--max-examples", "3"]
    bounds = ["--checks", "all", "--seed", SEED, *much, "--continue-on-failure"]
    return subprocess.run(
        [*command, *config, *bounds, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )


def failures(said: str) -> str:
    """Give what it found, each line cut short: a body may be a megabyte."""
    found = said.partition("= FAILURES =")[2] or said
    return "\n".join(line[:_WIDEST] for line in found.splitlines())[:_MOST]


def operations(house: House) -> int:
    """Count what the API describes: every operation must have been tried."""
    with urllib.request.urlopen(f"{house.address}/api/v1/openapi.json") as answer:
        return sum(len(path) for path in json.load(answer)["paths"].values())


@pytest.mark.parametrize("who", [*OFFICERS, "stranger"])
def test_schemathesis_finds_nothing(house, tmp_path, who):
    done = run(house, tmp_path, *(signed_in(house, OFFICERS[who]) if who in OFFICERS else ()))
    assert done.returncode == 0, failures(done.stdout) + done.stderr[-2000:]
    assert f"Tested: {operations(house)}\n" in done.stdout, done.stdout[-3000:]
