"""`motcua up`: the web and the worker as children of one small process.

The parent loads no Django: it starts, watches and stops. A child that dies is started again; on
SIGTERM or Ctrl-C both children get SIGTERM, finish what is at hand, and the parent follows.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from motcua.kernel.errors import Refused
from motcua.site.cli.output import count
from motcua.site.databases import at_once
from motcua.site.environment import one_of, secret

# Found before any child is forked.
_CONTROL = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
_SIGNAL_OF_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)

_PATIENCE = 20.0
_LOOK_EVERY = 0.3
_PROBE_EVERY = 0.03
_CALM = 10.0  # a child that lived this long is started again at once
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0


class PortBusy(Refused):
    """Something listens on the port already."""

    code = "up.port_busy"
    vi = "Cổng {port} đang có chương trình khác dùng. Chọn cổng khác, ví dụ: PORT={other} make run."
    en = "Port {port} is in use by another program. Choose another: PORT={other} make run."
    status = 409


class NoSuchAddress(Refused):
    """This machine cannot listen there."""

    code = "up.no_such_address"
    vi = "Không mở được cổng {port} ở địa chỉ {host}: {reason}."
    en = "Cannot listen on port {port} of {host}: {reason}."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    port = os.environ.get("PORT", "8000")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument(
        "--port", type=port_number, default=port, help="port to listen on (PORT or 8000)"
    )
    parser.add_argument("--workers", type=count, default=1, help="web processes (1)")
    parser.add_argument("--sample", action="store_true", help="load the sample city first")


def run(options: argparse.Namespace) -> int:
    """Prepare the database, then keep web and worker running until told to stop."""
    os.environ.setdefault("MOTCUA_PUBLIC_ADDRESS", f"http://{_name(options)}")
    _check_free(options.host, options.port)
    if options.sample:
        os.environ["MOTCUA_SAMPLE"] = "1"
    webs = _webs(options)
    watch = _Watch(webs | {"worker": _motcua("worker")})
    watch.heed_signals()
    prepare = _motcua("load", "sample", "--quiet") if options.sample else _motcua("migrate")
    with tempfile.NamedTemporaryFile(prefix="motcua-up-") as gate:
        os.environ["MOTCUA_GATE"] = gate.name  # web loads meanwhile, and serves when this is gone
        for name in webs:
            watch.start(name)
        failed = watch.first(prepare)
    if failed:
        watch.stop()
        return 1
    return watch.until_stopped(lambda: _announce(watch, options))


def port_number(text: str) -> int:
    """Read a port from an option or from `PORT`."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _name(options: argparse.Namespace) -> str:
    """Name the address for people here; one that means every address is none to type."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)  # noqa: S104
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{options.port}"


def _motcua(*words: str) -> list[str]:
    return [sys.executable, "-m", "motcua", *words]


def _webs(options: argparse.Namespace) -> dict[str, list[str]]:
    """Give the web processes by name, each with a listening socket of its own.

    The kernel then spreads connections evenly among them. Workers of one granian share a socket,
    and whoever waits on it first takes most of what comes.
    """
    command = [
        *(sys.executable, "-m", "granian", *_door(), "--no-ws"),
        *("--host", options.host, "--port", str(options.port)),
        *("--workers", "1", "--respawn-failed-workers", "--log-level", "warning"),
    ]
    return {
        "web" if number == 0 else f"web {number + 1}": command for number in range(options.workers)
    }


def _door() -> list[str]:
    """Give the door that a web process opens: with an edge before it, or without."""
    if one_of("MOTCUA_EDGE", "1", "0") == "1":
        return ["--interface", "asginl", "motcua.site.asgi:application"]
    threads = str(at_once(secret("MOTCUA_DATABASE", "")))
    return ["--interface", "wsgi", "--blocking-threads", threads, "motcua.site.wsgi:application"]


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _check_free(host: str, port: int) -> None:
    with socket.socket(_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortBusy(port=port, other=port % 65535 + 1) from error
            reason = error.strerror or str(error)
            raise NoSuchAddress(host=host, port=port, reason=reason) from error


def _listens(host: str, port: int) -> bool:
    with socket.socket(_family(host)) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _announce(watch: _Watch, options: argparse.Namespace) -> None:
    """Say where Motcua is once it listens there, and who can sign in."""
    deadline = time.monotonic() + _PATIENCE
    while not _listens(options.host, options.port):
        if watch.stopping:
            return
        if time.monotonic() > deadline:
            print("motcua: web chưa trả lời / does not answer yet", file=sys.stderr, flush=True)
            break
        time.sleep(_PROBE_EVERY)
    if options.sample:
        from motcua.site.cli.accounts import print_accounts

        print_accounts()
    print(f"Motcua: http://{_name(options)}   (Ctrl-C: dừng / stop)", flush=True)


class _Watch:
    """Children by name, started again when they die, stopped together."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.commands = commands
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        self._began: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._again: dict[str, float] = {}

    def heed_signals(self) -> None:
        """Stop everything on SIGTERM and Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._heed)

    def first(self, command: list[str]) -> bool:
        """Run a command to its end; tell whether it failed or was stopped."""
        self.start("first", command)
        failed = self.running["first"].wait() != 0
        del self.running["first"]
        return failed or self.stopping

    def until_stopped(self, announce: Callable[[], None]) -> int:
        """Run until a signal comes; give 0, or 1 when a child had to be killed."""
        for name in self.commands.keys() - self.running.keys():
            self.start(name)
        announce()
        while not self.stopping:
            time.sleep(_LOOK_EVERY)
            self._revive()
        return self._wait()

    def start(self, name: str, command: list[str] | None = None) -> None:
        """Start one of the children, or a command under a name of its own."""
        # Their own group: Ctrl-C reaches the parent alone, which then stops them in order.
        self.running[name] = subprocess.Popen(  # noqa: S603 - ours
            command or self.commands[name],
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - no threads here
        )
        self._began[name] = time.monotonic()
        if self.stopping:  # the signal came while it started
            self.running[name].terminate()

    def _revive(self) -> None:
        """Start dead children again, those that keep dying after longer and longer pauses."""
        at = time.monotonic()
        for name, child in list(self.running.items()):
            if child.poll() is None or self.stopping:
                continue
            if name not in self._again:
                _clear(child)
                calm = at - self._began[name] > _CALM
                pause = _FIRST_PAUSE if calm else self._pauses.get(name, _FIRST_PAUSE)
                self._pauses[name] = min(pause * 2, _LONGEST_PAUSE)
                self._again[name] = at + pause
                print(
                    f"motcua: {name} ended ({child.returncode}); again in {pause:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )
            elif at >= self._again[name]:
                del self._again[name]
                self.start(name)

    def stop(self) -> int:
        """Stop every child; give 0, or 1 when one had to be killed."""
        self._heed(signal.SIGTERM, None)
        return self._wait()

    def _heed(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()

    def _wait(self) -> int:
        deadline = time.monotonic() + _PATIENCE
        killed = 0
        for child in self.running.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                killed = 1
            _clear(child)
            child.wait()
        return killed


def _end_with_parent() -> None:
    """Let the kernel stop this child when its parent is killed (Linux only)."""
    if _CONTROL is not None:
        _CONTROL(_SIGNAL_OF_PARENTS_DEATH, signal.SIGTERM)


def _clear(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a child's group: web processes outlive their master and keep the port.

    A group keeps its number while anybody is in it, so nobody else can be hit.
    """
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
