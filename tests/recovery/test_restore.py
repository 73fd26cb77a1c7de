"""Backups taken while the city works: whole or not there, restored elsewhere, checked there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.postgres import on_postgres
from tests.recovery.house import House, wait_for
from tests.recovery.load import Client

pytestmark = pytest.mark.recovery

WORDS = "một mật khẩu đủ dài\n"


@pytest.fixture
def house(migrated_database, tmp_path):
    made = House(migrated_database, tmp_path / "home")
    (tmp_path / "home").mkdir()
    yield made
    made.stop()


@pytest.fixture
def settled(house):
    """Give a house with a few dossiers, at rest."""
    officers = house.ask("seed")
    with Working(house, officers, acts=20):
        pass
    house.run("ledger", "seal")
    return house


class Working:
    """Clients at work; leaving waits until so many acts were answered, then stops them."""

    def __init__(self, house: House, officers: dict[str, int], *, acts: int) -> None:
        self._house, self._acts, self._stopping = house, acts, threading.Event()
        self.clients = [Client(f"c{n}", house.port, officers, self._stopping) for n in range(2)]

    def __enter__(self) -> Working:
        self._house.start("web")
        self._house.start("worker")
        for client in self.clients:
            client.start()
        return self

    def done(self) -> int:
        return sum(len(acts) for one in self.clients for acts in list(one.acknowledged.values()))

    def more(self, acts: int) -> None:
        deadline, wanted = time.monotonic() + 60, self.done() + acts
        while self.done() < wanted:
            assert time.monotonic() < deadline, "no act was acknowledged"
            time.sleep(0.02)

    def __exit__(self, *_) -> None:
        self.more(self._acts)
        self._stopping.set()
        for client in self.clients:
            client.join()
        # A paper is made by the worker, on a slow machine after the last act; a file on the disk
        # is none yet: only its row makes it part of a backup.
        wait_for(lambda: self._house.ask("look")["made"])
        self._house.stop()
        assert [client.wrong for client in self.clients] == [[], []]


@pytest.fixture
def target(tmp_path, request):
    """Give the options that name an empty place of this kind of database."""
    options = ["--home", str(tmp_path / "elsewhere")]
    if not on_postgres():
        yield options
        return
    import psycopg

    address, name = os.environ["MOTCUA_DATABASE"], _target_name()
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield [*options, "--database", address.replace("/motcua?", f"/{name}?")]
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _target_name() -> str:
    """Give a database of this process alone: others may restore beside it."""
    return f"elsewhere_{os.getpid()}"


def restored(house: House, archive: str, target: list[str], *more: str) -> dict:
    keys = ["--keys", str(house.home / "keys")]
    return house.tell("restore", archive, *target, *keys, *more)


def test_a_backup_under_load_is_one_moment_and_restores_elsewhere(house, target):
    officers = house.ask("seed")
    with Working(house, officers, acts=10) as work:
        work.more(15)
        first = house.tell("backup")
        work.more(10)
        second = house.tell("backup")
        assert house.tell("backup", "drill")["ok"]
    assert second["point"]["entries"] > first["point"]["entries"]
    assert second["files_linked"] == first["files"]["count"]
    found = restored(house, second["archive"], target)
    assert (found["ok"], found["findings"], found["counts_differ"]) == (True, [], {})
    assert found["entries"] > second["point"]["entries"]  # the restore itself has an entry
    assert found["rows"] == sum(second["counts"].values())
    listed = house.tell("backup", "list")["archives"]
    assert [(row["root"], bool(row["drilled"])) for row in listed] == [
        (first["root"], False),
        (second["root"], True),
    ]


def test_the_point_is_named_by_its_root_and_the_lost_window_is_told(settled, target, tmp_path):
    taken = settled.tell("backup")
    lost = settled.tell("backup", "drill")  # whose entry is sealed after the point
    settled.tell("ledger", "seal")
    where = ["--at", taken["root"], "--from", str(settled.home / "backups")]
    witness = ["--witness", str(settled.home / "witness"), "--keys", str(settled.home / "keys")]
    found = settled.tell("restore", *where, *target, *witness)
    window = [taken["point"]["seal"] + 1] * 2
    assert (lost["ok"], found["ok"], found["lost_seals"]["ledger"]) == (True, True, window)
    place = settled.elsewhere(target, tmp_path / "elsewhere")
    place.environment["MOTCUA_WITNESS"] = str(settled.home / "witness")
    assert place.tell("ledger", "seal")["last"] == window[1] + 1
    report = place.tell("ledger", "verify", "--state")
    assert (report["ok"], report["lost"]) == (True, [window])
    kept = json.loads((settled.home / "witness" / f"{window[1]}.json").read_text())
    assert kept["statement"]


def test_a_copy_that_nobody_told_of_does_not_seal_against_the_witness(settled, target, tmp_path):
    taken = settled.tell("backup")
    settled.tell("backup", "drill")
    settled.tell("ledger", "seal")
    restored(settled, taken["archive"], target)
    place = settled.elsewhere(target, tmp_path / "elsewhere")
    place.environment["MOTCUA_WITNESS"] = str(settled.home / "witness")
    assert "ledger.witness_disagrees" in place.refused("ledger", "seal")
    assert "ledger.witness_ahead" in place.refused("ledger", "verify")


def test_a_restore_goes_into_an_empty_place_only(settled, target, tmp_path):
    taken = settled.tell("backup")
    assert restored(settled, taken["archive"], target)["ok"]
    assert "restore.place_not_empty" in settled.refused("restore", taken["archive"], *target)
    if on_postgres():
        other = ["--home", str(tmp_path / "third"), *target[2:]]
        told = settled.refused("restore", taken["archive"], *other)
        assert "restore.database_not_empty" in told
        assert not (tmp_path / "third").exists()


def test_an_encrypted_archive_holds_no_name_and_opens_with_its_words(settled, target, tmp_path):
    words = tmp_path / "words"
    words.write_text(WORDS, encoding="utf-8")
    shut = ["--passphrase", str(words)]
    taken = settled.tell("backup", *shut, "--with-keys")
    again = settled.tell("backup", *shut, "--with-keys")
    assert again["files_linked"] == taken["files"]["count"] > 0
    texts = [file.read_bytes() for file in Path(taken["archive"]).rglob("*") if file.is_file()]
    assert not any("Nguyễn Trường Đạt".encode() in text for text in texts)
    assert "backups.passphrase_needed" in settled.refused("restore", taken["archive"], *target)
    words.write_text("một mật khẩu khác\n", encoding="utf-8")
    told = settled.refused("restore", taken["archive"], *target, *shut)
    assert "backups.passphrase_wrong" in told
    words.write_text(WORDS, encoding="utf-8")
    found = settled.tell("restore", again["archive"], *target, *shut)
    assert (found["ok"], found["with_keys"]) == (True, True)


def test_keys_never_lie_in_the_open(settled):
    assert "backups.keys_in_the_open" in settled.refused("backup", "--with-keys")
    names = {file.name for file in (settled.home / "backups").rglob("*.key")}
    assert names == set()


def test_without_the_keys_the_ledger_still_verifies(settled, target):
    taken = settled.tell("backup")
    found = settled.tell("restore", taken["archive"], *target)
    assert (found["ok"], found["with_keys"]) == (True, False)


@pytest.mark.parametrize(
    "part", ["database", "manifest.json", "manifest.sig", "files.jsonl", "file"]
)
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_a_damaged_archive_is_refused_and_leaves_nothing(broken, part, harm, tmp_path):
    settled, archive = broken(part, harm)
    told = settled.refused("restore", str(archive), "--home", str(tmp_path / "none"))
    assert "backups.broken" in told or "backups.missing" in told
    assert list(tmp_path.glob("*none*")) == []


@pytest.fixture(scope="module")
def ready_archive(tmp_path_factory):
    """Give one archive for all the harms; it is copied before each."""
    place = tmp_path_factory.mktemp("ready")
    made = House(str(place / "motcua.sqlite3"), place)
    made.run("load", "sample", "--quiet")
    return made, Path(made.tell("backup")["archive"])


@pytest.fixture
def broken(ready_archive, tmp_path):
    def harmed(part: str, harm: str):
        made, whole = ready_archive
        archive = tmp_path / whole.name
        subprocess.run(["cp", "-r", str(whole), str(archive)], check=True)
        path = next((archive / "files").rglob("??*/*")) if part == "file" else archive / part
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        if harm == "remove":
            path.unlink()
        else:
            path.write_bytes(data if harm == "flip" else data[:-1])
        return made, archive

    return harmed


def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole(settled):
    whole = settled.tell("backup")
    delays = [0.25 + 0.06 * step for step in range(10)]
    killed = sum(_kill(settled.command("backup"), settled, delay) for delay in delays)
    assert killed, "every backup was quicker than its killer"
    folder = settled.home / "backups"
    for archive in [one for one in folder.iterdir() if one.is_dir() and one.name[0] != "."]:
        assert (archive / "manifest.sig").exists()
    after = settled.tell("backup")
    assert [one for one in folder.iterdir() if one.name.startswith(".draft-")] == []
    assert settled.tell("backup", "drill")["ok"]
    assert after["files_linked"] == whole["files"]["count"]


def test_a_restore_that_is_killed_leaves_no_place(settled, target, tmp_path):
    taken = settled.tell("backup")
    command = settled.command("restore", taken["archive"], *target)
    begun = (lambda: _has_tables(target[-1])) if on_postgres() else None
    assert _kill(command, settled, 0.1 if on_postgres() else 0.45, begun)
    assert not (tmp_path / "elsewhere").exists()
    if on_postgres():
        place = settled.elsewhere(target, tmp_path / "elsewhere")
        told = place.refused("migrate")
        assert "restore.unfinished" in told
    else:
        assert restored(settled, taken["archive"], target)["ok"]


def _has_tables(address: str) -> bool:
    import psycopg

    with psycopg.connect(address) as server:
        found = server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        return found.fetchone()[0] > 0


def _kill(command: list[str], house: House, after: float, begun=None) -> bool:
    """Start a command and kill it with -9 some time after it has begun; tell whether it worked."""
    process = subprocess.Popen(
        command,
        env=house.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if begun is not None:
        wait_for(begun)
    time.sleep(after)
    running = process.poll() is None
    if running:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return running


def test_a_full_disk_is_told_and_the_old_archives_stay(settled, small_disk):
    whole = settled.tell("backup", "--to", str(small_disk))
    # Of the next one only what is no file is written: files are linked.
    needed = whole["bytes_written"] - whole["files"]["bytes"]
    (small_disk / "ballast").write_bytes(b"x" * (small_disk_room(small_disk) - needed // 2))
    told = settled.refused("backup", "--to", str(small_disk))
    assert "backups.no_room" in told
    listed = settled.tell("backup", "list", "--to", str(small_disk))["archives"]
    assert [row["root"] for row in listed] == [whole["root"]]
    (small_disk / "ballast").unlink()
    assert settled.tell("backup", "--to", str(small_disk))["files_linked"] > 0


def small_disk_room(folder: Path) -> int:
    room = os.statvfs(folder)
    return room.f_bavail * room.f_bsize


def test_what_was_erased_stays_erased_after_a_restore_from_before(settled, target, tmp_path):
    taken = settled.tell("backup")
    assert _found_in(Path(taken["archive"]) / "database"), "nothing to look for"
    erased = settled.ask("erase")
    assert erased["erased"] == erased["all"] > 0
    assert settled.tell("ledger", "verify", "--state")["ok"]
    keys = ["--witness", str(settled.home / "witness"), "--keys", str(settled.home / "keys")]
    found = settled.tell("restore", taken["archive"], *target, *keys)
    assert (found["ok"], found["erased_again"]) == (True, erased["all"])
    places = [tmp_path / "elsewhere", *_cluster_files()]
    files = [one for place in places for one in place.rglob("*") if one.is_file()]
    assert len(files) > 3
    left = [file for file in files if _found_in(file)]
    assert [_told(file, target) for file in left] == []


def _found_in(file: Path) -> list[str]:
    """Give which words of the applicant stand in the bytes of a file, folded ones too."""
    data = file.read_bytes()
    return [word for word in ("Nguyễn Trường Đạt", "912345678", "truong") if word.encode() in data]


def _told(file: Path, target: list[str]) -> str:
    """Name a file that still holds something erased; of PostgreSQL's the table, too."""
    if not on_postgres() or not file.stem.isdecimal():
        return str(file)
    import psycopg

    with psycopg.connect(target[-1]) as server:
        asked = "SELECT pg_filenode_relation(0, %s)::regclass::text"
        return f"{file} {server.execute(asked, [int(file.stem)]).fetchone()}"


def _cluster_files() -> list[Path]:
    """Give the folder of the restored PostgreSQL database, all of it written to the disk."""
    if not on_postgres():
        return []
    import psycopg

    with psycopg.connect(os.environ["MOTCUA_DATABASE"], autocommit=True) as server:
        server.execute("CHECKPOINT")
        where = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = %s"
        folder, number = server.execute(where, [_target_name()]).fetchone()
    return [Path(folder) / "base" / str(number)]


def test_only_so_many_archives_stay(settled):
    taken = [settled.tell("backup", "--keep", "2") for _ in range(3)]
    listed = settled.tell("backup", "list")["archives"]
    assert [row["archive"] for row in listed] == [Path(one["archive"]).name for one in taken[1:]]
    assert settled.tell("backup", "drill")["ok"]  # linked files outlive the archive they came from
