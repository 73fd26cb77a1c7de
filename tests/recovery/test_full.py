"""The disk fills under load and is cleared again: clear refusals, nothing lost, no restart."""

from __future__ import annotations

import http.cookiejar
import os
import re
import resource
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.postgres import on_postgres
from tests.recovery.conftest import mounted
from tests.recovery.house import House, wait_for
from tests.recovery.test_kill import under_load
from tests.recovery.truth import more, nothing_lost

pytestmark = pytest.mark.recovery

_PER_FILE = 64 * 1024
_PAGES = 200
_NOT_MOUNTED = "PostgreSQL gets a small disk only where one can be mounted (root with mount)"


class Mounted:
    """A small disk that is filled to the last byte."""

    prefix: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, _house: House) -> None:
        with self._ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))

    def clear(self, _house: House) -> None:
        self._ballast.unlink()


class Limited:
    """Where nothing can be mounted: no file of the running house may grow beyond a bound.

    The system refuses such a write as it does on a full disk (EFBIG instead of ENOSPC).
    """

    prefix = ("prlimit", f"--fsize={_PER_FILE}")

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, house: House) -> None:
        self._bound(house, _PER_FILE)

    def clear(self, house: House) -> None:
        self._bound(house, resource.RLIM_INFINITY)

    def _bound(self, house: House, most: int) -> None:
        for number in house.processes():
            resource.prlimit(number, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


@pytest.fixture(params=["mounted", "limited"])
def disk(request, tmp_path):
    if request.param == "limited":
        if on_postgres():
            pytest.skip("PostgreSQL takes a bound on its files for a broken disk, not a full one")
        yield Limited(tmp_path)
        return
    folder = Path(tempfile.mkdtemp(prefix="motcua-small-"))
    folder.chmod(0o755)  # the server of PostgreSQL is another account
    try:
        with mounted(folder, "48m") as small:
            if small is None:
                pytest.skip(_NOT_MOUNTED if on_postgres() else "the bound on files stands for it")
            yield Mounted(small)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def house_on(folder: Path) -> Iterator[House]:
    """Give a house whose files and rows lie there; PostgreSQL keeps its own log elsewhere."""
    home = folder / "home"
    home.mkdir()
    if not on_postgres():
        house = House(str(home / "motcua.sqlite3"), home)
        yield house
        house.stop()
        return
    with _tablespace(folder / "rows") as address:
        house = House(address, home)
        yield house
        house.stop()


@contextmanager
def _tablespace(folder: Path) -> Iterator[str]:
    import psycopg

    folder.mkdir()
    address, name = os.environ["MOTCUA_DATABASE"], f"small_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        where = server.execute("SELECT current_setting('data_directory')").fetchone()[0]
        owner = Path(where).stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
        server.execute(f"CREATE TABLESPACE {name} LOCATION '{folder}'")
        server.execute(f"CREATE DATABASE {name} TABLESPACE {name}")
        try:
            yield address.replace("/motcua?", f"/{name}?")
        finally:  # before the disk goes: no checkpoint could be made any more
            (folder.parent / "ballast").unlink(missing_ok=True)
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.execute(f"DROP TABLESPACE {name}")


def test_a_full_disk_refuses_clearly_and_loses_nothing(disk):
    with house_on(disk.folder) as house:
        house.make_tables()
        officers = house.ask("seed")
        house.start("web")
        house.start("worker")
        with under_load(house, officers) as clients:
            more(clients, 20)
            disk.fill(house)
            wait_for(lambda: all(client.no_room or client.wrong for client in clients))
            told = [*_told_by_page(house), *_told_by_backup(house, disk)]
            disk.clear(house)
            more(clients, 30)
            assert house.running("web")
            assert house.running("worker")
        assert told == []
        said = [error for client in clients for error in client.no_room]
        assert {error["code"] for error in said} == {"space.full"}
        assert "hết chỗ" in str(said[0])
        assert "disk is full" in str(said[0])
        house.hand_back()
        assert nothing_lost(house, clients) > 3


def _told_by_page(house: House) -> Iterator[str]:
    """Ask for codes until the last byte is gone; give what is said then, where it is not that."""
    for language, sentence in (("vi", "Máy chủ hết chỗ"), ("en", "The disk is full")):
        asked = (_ask_for_a_code(house, language, number) for number in range(_PAGES))
        status, page = next((one for one in asked if one[0] != 200), (200, "never full"))
        if status != 507 or sentence not in page:
            yield f"page: {status} {page[-2000:]}"


def _ask_for_a_code(house: House, language: str, number: int) -> tuple[int, str]:
    """Send the form by which a citizen asks for a code to sign in, each from elsewhere."""
    place, phone = f"10.9.{language == 'en':d}.{number}", f"0912{number:03}5{language == 'en':d}8"
    where = f"http://127.0.0.1:{house.port}/dang-nhap/dien-thoai"
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.addheaders = [("X-Forwarded-For", place), ("Cookie", f"language={language}")]
    page = browser.open(where).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    cookie = "; ".join([f"language={language}", *(f"{one.name}={one.value}" for one in jar)])
    sent = {"csrfmiddlewaretoken": token, "phone": phone}
    headers = {"Cookie": cookie, "X-Forwarded-For": place}
    asked = urllib.request.Request(where, urllib.parse.urlencode(sent).encode(), headers)
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def _told_by_backup(house: House, disk: Mounted | Limited) -> Iterator[str]:
    done = subprocess.run(
        [*disk.prefix, *house.command("backup")],
        env=house.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    named = "backups.no_room" in said or "space.full" in said
    if done.returncode != 1 or not named or "Traceback" in said:
        yield f"backup: {done.returncode} {said}"
