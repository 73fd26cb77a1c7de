"""Secrets come from closed files, and no command, error or log ever tells one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from motcua.core import secrets
from motcua.core.closed import SecretOpen
from motcua.site.environment import SecretMissing, SecretTwice, secret

WORD = "s3cret-w0rd"
COMMANDS = [
    ("migrate",),
    ("ledger", "verify", "--json"),
    ("agencies", "--json"),
    ("export", "dossiers", "--format", "csv"),
    ("worker",),
    ("nothing",),
]


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "password"
    path.write_text(f"{WORD}\n")
    path.chmod(0o640)
    return path


def test_a_secret_comes_from_a_file(monkeypatch, place):
    monkeypatch.setenv("X_FILE", str(place))
    assert secret("X") == WORD


def test_a_secret_comes_from_the_environment_or_is_what_it_is_by_default(monkeypatch):
    assert secret("X", "none") == "none"
    monkeypatch.setenv("X", WORD)
    assert secret("X") == WORD


def test_a_secret_that_is_said_twice_is_refused(monkeypatch, place):
    monkeypatch.setenv("X_FILE", str(place))
    monkeypatch.setenv("X", WORD)
    with pytest.raises(SecretTwice) as told:
        secret("X")
    assert WORD not in str(told.value)


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644, 0o666])
def test_a_file_that_everybody_can_touch_is_refused(monkeypatch, place, mode):
    place.chmod(mode)
    monkeypatch.setenv("X_FILE", str(place))
    with pytest.raises(SecretOpen) as told:
        secret("X")
    assert WORD not in str(told.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told_by_its_setting(monkeypatch, tmp_path, content):
    path = tmp_path / "absent"
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)
    monkeypatch.setenv("X_FILE", str(path))
    with pytest.raises(SecretMissing, match="X_FILE"):
        secret("X")


def test_a_key_that_everybody_can_read_is_refused(settings, tmp_path):
    settings.MOTCUA_KEYS = tmp_path
    secrets.key.cache_clear()
    made = secrets.key("hostile")
    secrets.key.cache_clear()
    (tmp_path / "hostile.key").chmod(0o644)
    with pytest.raises(SecretOpen):
        secrets.key("hostile")
    (tmp_path / "hostile.key").chmod(0o600)
    assert secrets.key("hostile") == made
    secrets.key.cache_clear()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_tells_a_secret_even_where_it_fails(tmp_path, words):
    """The database is not there: every command must say so, and how it was asked is nobody's."""
    address = tmp_path / "address"
    address.write_text(f"postgresql://motcua:{WORD}@127.0.0.1:1/motcua")
    address.chmod(0o600)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    told = {
        "MOTCUA_HOME": str(tmp_path / "home"),
        "MOTCUA_DATABASE_FILE": str(address),
        "EMAIL_HOST_PASSWORD": WORD,
        "MOTCUA_LOG_LEVEL": "DEBUG",
        "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "motcua", *words],
        env={**kept, **told},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as child:
        try:
            said, _ = child.communicate(timeout=5 if words == ("worker",) else 60)
        except subprocess.TimeoutExpired:
            child.terminate()
            said, _ = child.communicate()
    assert WORD not in said
    key = tmp_path / "home" / "keys" / "django.key"
    assert not key.exists() or key.read_text() not in said
    # The worker waits for its database, and goes in good order when it is told to.
    assert child.returncode != 0 or words == ("worker",)
