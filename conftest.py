"""What every test of the house has: no outside world, and reference data counted honestly."""

from __future__ import annotations

import importlib
import ipaddress
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from motcua.core.limits import strangers

pytest_plugins = ["tests.postgres", "tests.migrated", "tests.apart", "tests.kept"]

# The machine's load must not decide whether a law holds.
hypothesis_settings.register_profile("house", deadline=None, print_blob=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "house")

_REFERENCE = os.environ.get("MOTCUA_REFERENCE_DATA", "")
_UNVERIFIED = "unverified: MOTCUA_REFERENCE_DATA names no folder"


class OutsideWorld(RuntimeError):
    """A test reached for an address that is not this machine."""


def is_loopback(host: object) -> bool:
    """Tell whether a host is this machine; names other than `localhost` are not looked up."""
    text = host.decode() if isinstance(host, bytes) else host
    if text in {None, "", "localhost", socket.gethostname()}:
        return True
    try:
        return ipaddress.ip_address(str(text).partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse, as an audit hook, every connection, datagram and name look-up that leaves us."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, tuple) and not is_loopback(address[0]):
            raise OutsideWorld(f"{event} to {address!r}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"} and not is_loopback(arguments[0]):
        raise OutsideWorld(f"{event} of {arguments[0]!r}")


def _force_login(client: Client, account: Any, backend: str | None = None) -> None:  # noqa: ANN401, ARG001
    from motcua.core.accounts.tests.doors import signed_in  # noqa: PLC0415 - needs Django set up

    signed_in(client, account)


# Signing in is ours, not Django's: so is skipping its ceremony in tests.
Client.force_login = _force_login


def pytest_configure() -> None:
    """Shut the outside world out, and refuse a reference folder that is not there."""
    sys.addaudithook(refuse_outside)
    if _REFERENCE and not Path(_REFERENCE).is_dir():
        raise pytest.UsageError(f"MOTCUA_REFERENCE_DATA names no folder: {_REFERENCE}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests on reference data out where there is none; they count as unverified."""
    for item in items:
        if not _REFERENCE and item.get_closest_marker("reference"):
            item.add_marker(pytest.mark.skip(reason=_UNVERIFIED))


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Keep unverified tests apart from those that passed and from those that were skipped."""
    if report.skipped and isinstance(report.longrepr, tuple) and _UNVERIFIED in report.longrepr[2]:
        return "unverified", "u", "UNVERIFIED"
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests could not be run for want of reference data."""
    if unverified := len(terminalreporter.stats.get("unverified", [])):
        terminalreporter.write_line(f"{unverified} {_UNVERIFIED}")


def pytest_unconfigure() -> None:
    """Remove the throw-away home that the test settings made for this process."""
    home = os.environ.get("MOTCUA_HOME", "")
    if home.startswith(f"{tempfile.gettempdir()}/motcua-test-"):
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Give the folder of the reference data; for tests with the marker `reference` only."""
    if not _REFERENCE:
        pytest.fail("mark this test with `reference`: it needs MOTCUA_REFERENCE_DATA")
    return Path(_REFERENCE)


@pytest.fixture(autouse=True, scope="session")
def _every_address(django_test_environment: None) -> None:  # noqa: ARG001 - Django set up
    """Let the addresses be those of every system, also where a test names fewer systems first."""
    importlib.import_module("motcua.site.urls")


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Let no test inherit the language that another one's request left in the thread."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _own_asking() -> None:
    """Let no test use up what another one's strangers were granted ahead."""
    strangers.forget()


@pytest.fixture(autouse=True)
def _own_witness(settings: Any, tmp_path: Path) -> None:  # noqa: ANN401 - pytest-django
    """Let no test's seals meet those of another one at the witness."""
    settings.MOTCUA_WITNESS = tmp_path / "witness"
