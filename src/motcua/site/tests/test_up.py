"""`motcua up` for real: it starts, answers, revives a dead child and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.recovery


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def until(check, seconds: float = 30):
    """Wait for a truth and give it."""
    deadline = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found


def children(parent: int) -> dict[str, int]:
    """Give the living children by what they run."""
    found = {}
    for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        words = Path(f"/proc/{pid}/cmdline").read_text()
        found["web" if "granian" in words else "worker"] = int(pid)
    return found


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.fixture
def house(request, tmp_path, empty_database):
    """Start Motcua with the sample city; give the process and its port."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    own = {"MOTCUA_HOME": str(tmp_path), "MOTCUA_DATABASE": empty_database}
    env = {**kept, **own, "DJANGO_SETTINGS_MODULE": "motcua.site.settings"}
    command = [sys.executable, "-m", "motcua", "up", "--sample", "--port", str(port)]
    command += getattr(request, "param", [])
    parent = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    try:
        lines = iter(parent.stdout.readline, "")
        assert any(f"http://127.0.0.1:{port}" in line for line in lines)
        yield parent, port
    finally:
        parent.terminate()
        parent.wait(30)
        parent.stdout.close()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_every_child(house, number):
    parent, port = house
    both = children(parent.pid)
    assert both.keys() == {"web", "worker"}
    parent.send_signal(number)
    assert parent.wait(30) == 0
    assert not answers(port)
    assert not any(alive(pid) for pid in both.values())


def test_a_dead_worker_is_started_again(house):
    parent, _ = house
    before = children(parent.pid)["worker"]
    os.kill(before, signal.SIGKILL)
    after = until(lambda: children(parent.pid).get("worker", before) != before)
    assert after


def group(leader: int) -> set[int]:
    """Give the living processes of a group, whoever their parent is by now."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, number = path.read_text().rpartition(") ")[2].split()[:3]
            found[int(path.parent.name)] = (state, int(number))
    return {pid for pid, told in found.items() if told[1] == leader and told[0] != "Z"}


def test_a_killed_web_leaves_no_process_that_keeps_its_port(house):
    """Web processes outlive a killed master: they would serve on, and hold the port for ever."""
    parent, port = house
    before = children(parent.pid)["web"]
    assert len(group(before)) > 1
    os.kill(before, signal.SIGKILL)
    after = until(lambda: children(parent.pid).get("web", before) != before)
    until(lambda: answers(port))
    assert group(before) == set()
    os.kill(children(parent.pid)["web"], signal.SIGKILL)
    parent.terminate()
    assert parent.wait(30) == 0
    assert after
    assert not answers(port)


_LISTENS = "0A"  # the state of a listening socket in /proc/net/tcp


def listening(port: int) -> int:
    """Count the sockets that listen on a port."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == _LISTENS for row in rows)


@pytest.mark.parametrize("house", [["--workers", "3"]], indirect=True)
def test_every_web_process_has_a_socket_of_its_own(house):
    """Where they share one, the process that waits on it first takes most connections."""
    _, port = house
    until(lambda: listening(port) == 3)


def test_a_killed_parent_takes_its_children_along(house):
    """Left behind they would serve on unwatched, and a new start would find the port taken."""
    parent, port = house
    both = children(parent.pid)
    parent.kill()
    until(lambda: not any(group(pid) for pid in both.values()))
    assert not answers(port)


def test_a_database_that_cannot_be_prepared_leaves_no_web_behind(tmp_path):
    wrong, port = tmp_path / "no-database", free_port()
    wrong.write_text("no database at all " * 100)
    env = {**os.environ, "MOTCUA_HOME": str(tmp_path), "MOTCUA_DATABASE": str(wrong)}
    command = [sys.executable, "-m", "motcua", "up", "--port", str(port)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, answers(port)) == (1, False)
    assert "cli.database_away" in done.stderr


def test_the_web_is_loaded_but_serves_nobody_before_the_gate_opens(tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    env = {**os.environ, "MOTCUA_HOME": str(tmp_path), "MOTCUA_GATE": str(gate)}
    loading = subprocess.Popen([sys.executable, "-c", "import motcua.site.wsgi"], env=env)
    with pytest.raises(subprocess.TimeoutExpired):
        loading.wait(5)
    gate.unlink()
    assert loading.wait(30) == 0
