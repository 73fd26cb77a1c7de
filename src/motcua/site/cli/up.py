"""`motcua up`: the web and the worker as children of one small process.

The parent loads no Django: it starts, watches and stops. A child that dies is started again; on
SIGTERM or Ctrl-C both children get SIGTERM, finish what is at hand, and the parent follows.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time

_PATIENCE = 20.0
_PAUSE_AFTER_A_CRASH = 1.0


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    port = int(os.environ.get("PORT", "8000"))
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=port, help="port to listen on (PORT or 8000)")
    parser.add_argument("--workers", type=int, default=1, help="web processes (1)")
    parser.add_argument("--sample", action="store_true", help="load the sample city first")


def run(options: argparse.Namespace) -> int:
    """Prepare the database, then keep web and worker running until told to stop."""
    address = f"http://{options.host}:{options.port}"
    os.environ.setdefault("MOTCUA_PUBLIC_ADDRESS", address)
    if not _free(options.host, options.port):
        print(f"Cổng {options.port} đang bận / port {options.port} is in use. PORT=8001 make run")
        return 1
    if options.sample:
        os.environ["MOTCUA_SAMPLE"] = "1"
    prepare = _motcua("load", "sample", "--quiet") if options.sample else _motcua("migrate")
    if subprocess.run(prepare, check=False).returncode:  # noqa: S603 - our own command
        return 1
    children = {"web": _web(options), "worker": _motcua("worker")}
    return _Watch(children).until_stopped(lambda: _announce(options, address))


def _motcua(*words: str) -> list[str]:
    return [sys.executable, "-m", "motcua", *words]


def _web(options: argparse.Namespace) -> list[str]:
    # One thread a process on SQLite: the writer is one anyway, and threads only wait for it.
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", options.host, "--port", str(options.port)),
        *("--workers", str(options.workers), "--blocking-threads", "1", "--no-ws"),
        *("--respawn-failed-workers", "--log-level", "warning", "motcua.site.wsgi:application"),
    ]


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _announce(options: argparse.Namespace, address: str) -> None:
    print(f"\nMotcua: {address}  (Ctrl-C để dừng / to stop)", flush=True)
    if options.sample:
        subprocess.run(_motcua("load", "sample", "--accounts"), check=False)  # noqa: S603


class _Watch:
    """Children by name, started again when they die, stopped together."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.commands = commands
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def until_stopped(self, announce: object) -> int:
        """Run until a signal comes; give 0."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for name in self.commands:
            self._start(name)
        assert callable(announce)
        announce()
        while not self.stopping:
            time.sleep(0.3)
            self._revive()
        self._wait()
        return 0

    def _start(self, name: str) -> None:
        # Their own group: Ctrl-C reaches the parent alone, which then stops them in order.
        self.running[name] = subprocess.Popen(self.commands[name], start_new_session=True)  # noqa: S603

    def _revive(self) -> None:
        for name, child in list(self.running.items()):
            if child.poll() is not None and not self.stopping:
                print(f"motcua: {name} ended ({child.returncode}), starting it again", flush=True)
                time.sleep(_PAUSE_AFTER_A_CRASH)
                self._start(name)

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopping = True
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()

    def _wait(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        for child in self.running.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()


