"""A whole Motcua of one test: web and worker as real processes that the test kills and starts."""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from motcua.site.cli.up import _webs as web_commands

_CHILD = Path(__file__).with_name("child.py")
_PATIENCE = 60


class House:
    """Web and worker over one database; every process is of a session of its own."""

    def __init__(self, database: str, home: Path) -> None:
        self.port = _free_port()
        self.home = home
        self._log = home / "log"
        self.environment = {
            **os.environ,
            "MOTCUA_DATABASE": database,
            "MOTCUA_HOME": str(home),
            "MOTCUA_PROXIES": "1",  # so that each dossier is filed from an address of its own
            "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
            "PYTHONPATH": os.pathsep.join(["src", "."]),
        }
        web = argparse.Namespace(host="127.0.0.1", port=self.port, workers=1)
        self._commands = {
            **web_commands(web),
            "worker": [sys.executable, "-m", "motcua", "worker"],
        }
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def ask(self, what: str) -> dict:
        """Run `child.py` and give what it tells."""
        told = self._run(sys.executable, str(_CHILD), what)
        return json.loads(told.stdout.splitlines()[-1])

    def make_tables(self) -> None:
        """Migrate an empty database, and no more: `motcua migrate` would set a house up."""
        self._run(sys.executable, "-m", "django", "migrate", "--verbosity=0")

    def verify(self) -> str:
        """Run `motcua ledger verify --state`; it must find nothing wrong."""
        return self._run(sys.executable, "-m", "motcua", "ledger", "verify", "--state").stdout

    def elsewhere(self, target: list[str], home: Path) -> House:
        """Give the house that a restore with these options made."""
        named = dict(zip(target[::2], target[1::2], strict=True))
        return House(named.get("--database", str(home / "motcua.sqlite3")), home)

    def command(self, *words: str) -> list[str]:
        """Give the command line of `motcua`."""
        return [sys.executable, "-m", "motcua", *words]

    def run(self, *words: str) -> str:
        """Run `motcua`, which must do what it is told, and give what it says."""
        return self._run(*self.command(*words)).stdout

    def tell(self, *words: str) -> dict:
        """Run `motcua … --json` and give its answer."""
        return json.loads(self.run(*words, "--json"))

    def refused(self, *words: str) -> str:
        """Run `motcua`, which must refuse or find something wrong, and give all it says."""
        done = subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def start(self, name: str) -> None:
        """Start `web` (and wait until it listens) or `worker`."""
        with self._log.open("ab") as log:
            self._running[name] = subprocess.Popen(
                self._commands[name],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if name == "web":
            wait_for(lambda: _listens(self.port))

    def running(self, name: str) -> bool:
        """Tell whether a process that was started is still at work."""
        return self._running[name].poll() is None

    def processes(self) -> list[int]:
        """Give the number of every process of web and worker, of their children too."""
        sessions = {process.pid for process in self._running.values()}
        every = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]
        return [number for number in every if _session(number) in sessions]

    def kill(self, name: str) -> None:
        """Kill -9 the process and the children it started, without a word before."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if name == "web":
            wait_for(lambda: not _listens(self.port))

    def hand_back(self) -> None:
        """Let no job wait any longer for its lease or its next try: that is no part of this."""
        self.ask("hand_back")

    def stop(self) -> None:
        """Kill whatever still runs."""
        for name in list(self._running):
            self.kill(name)

    def log(self) -> str:
        """Give what the processes said."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _session(process: int) -> int | None:
    try:
        return os.getsid(process)
    except ProcessLookupError:
        return None


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(come) -> None:
    """Wait until `come()` is true."""
    deadline = time.monotonic() + _PATIENCE
    while not come():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)
