"""The real client against a stand-in that speaks clamd's protocol on a socket."""

from __future__ import annotations

import socket
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from motcua.core.files.scanning import ScannerSilent, VirusFound, scan_with
from motcua.core.files.store import keep, path_of
from motcua.links.antivirus import connect as link
from motcua.links.antivirus.fake import PATTERN, listening
from motcua.links.antivirus.real import Clamd


@pytest.fixture
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("c") / "clamd"  # a socket's path must be short


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return written


@pytest.fixture(autouse=True)
def _none_after():
    yield
    scan_with(None)


@pytest.mark.parametrize("size", [1, 64 * 1024, 64 * 1024 + 1, 3_000_000])
def test_a_clean_file_passes(place, file, size):
    with listening(place) as address:
        assert Clamd(address).scan(file(b"x" * size)) is None


def test_what_is_found_is_named(place, file):
    with listening(place) as address, pytest.raises(VirusFound) as refused:
        Clamd(address).scan(file(b"%PDF-" + b"x" * 70_000 + PATTERN))
    assert "Eicar-Test-Signature" in refused.value.text("vi")


def test_nobody_there_is_told(place, file):
    with pytest.raises(ScannerSilent):
        Clamd(f"unix:{place}").scan(file(b"x"))
    assert [one.ok for one in Clamd(f"unix:{place}").check()] == [False]


def test_a_file_beyond_the_limit_of_the_daemon_is_not_taken_unseen(place, file):
    with listening(place, limit=10) as address, pytest.raises(ScannerSilent):
        Clamd(address).scan(file(b"x" * 300_000))


def test_a_daemon_that_hangs_up_or_talks_nonsense_is_silent(file):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up():
            for answer in (b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"):
                talk, _ = server.accept()
                talk.recv(10_000)
                talk.sendall(answer)
                talk.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        for _ in range(2):
            with pytest.raises(ScannerSilent):
                Clamd(f"tcp://127.0.0.1:{server.getsockname()[1]}").scan(file(b"x"))
        thread.join()


def test_a_daemon_that_answers_is_well(place):
    with listening(place) as address:
        assert [one.ok for one in Clamd(address).check()] == [True]


def test_nothing_of_an_infected_file_is_kept(place, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    content = b"%PDF-1.4 " + PATTERN
    with listening(place) as address:
        settings.MOTCUA_SCANNER = address
        link.connect()
        with pytest.raises(VirusFound):
            keep([content])
        kept = keep([b"%PDF-1.4 clean"])
    assert path_of(kept.sha256).exists()
    names = {path.name for path in path_of(kept.sha256).parents[2].rglob("*") if path.is_file()}
    assert names == {kept.sha256}


def test_no_file_is_taken_while_the_scanner_is_silent(place, settings):
    settings.MOTCUA_SCANNER = f"unix:{place}"
    link.connect()
    with pytest.raises(ScannerSilent):
        keep([b"%PDF-1.4"])


def test_papers_of_the_house_are_not_scanned(place, settings):
    settings.MOTCUA_SCANNER = f"unix:{place}"
    link.connect()
    assert keep([b"%PDF-1.4 ours"], ours=True).media_type == "application/pdf"


def test_an_address_of_no_scanner_stops_the_start(settings):
    settings.MOTCUA_SCANNER = "clamd"
    with pytest.raises(ImproperlyConfigured):
        link.connect()
