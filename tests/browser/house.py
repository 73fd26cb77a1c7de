"""A real Motcua of its own process: web, worker, sample city, on a free port."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "motcua"
_PATIENCE = 30


@dataclass(frozen=True)
class House:
    """A running instance: where it answers and where its data lies."""

    address: str
    env: dict[str, str]

    def motcua(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the command line beside the running instance."""
        return _motcua(self.env, *words)

    def public_key(self) -> str:
        """Give the key by which anybody verifies what this instance sealed."""
        return json.loads(self.motcua("ledger", "key", "--json").stdout)["key"]


def offline(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody far away: no home, no database, nothing of the instance."""
    return _motcua(_plain(), *words)


@contextmanager
def started(home: Path, **settings: str) -> Iterator[House]:
    """Start `motcua up --sample` in a folder; stop it, by its own process, at the end."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    env = {**_plain(), "MOTCUA_HOME": str(home), **settings}
    command = [sys.executable, "-m", "motcua", "up", "--sample", "--port", str(port)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout is not None
            assert any(address in line for line in iter(parent.stdout.readline, ""))
            # What `up` says to its web and worker, the commands beside it must know too.
            told = {"MOTCUA_SAMPLE": "1", "MOTCUA_PUBLIC_ADDRESS": address}
            yield House(address, {**env, **told})
        finally:
            parent.terminate()
            parent.wait(_PATIENCE)


def _motcua(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "motcua", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def _plain() -> dict[str, str]:
    """Give the environment without what the test run itself was told."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "motcua.site.settings"}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
