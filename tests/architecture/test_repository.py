"""The repository speaks of the software alone: no registry's address, no one's home folder."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, place, tracked

# The parts are joined here, so that this file does not hold what it looks for.
_HOSTS = [
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("yarnpkg", "com"),
    ("debian", "org"),
    ("crates", "io"),
    ("golang", "org"),
]
_FOLDERS = ["home/[a-z]", "root/", "Users/[A-Za-z]", "work/(main|shared)", "tmp/[a-z]+_jobs"]
_ADDRESS = re.compile("|".join(rf"\b{name}\.{end}\b" for name, end in _HOSTS))
_PATH = re.compile(r"(?<![\w.~}/-])/(" + "|".join(_FOLDERS) + ")")


def _texts() -> dict[str, str]:
    texts = {}
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw:
            texts[place(path)] = raw.decode("utf-8")
    return texts


@pytest.mark.parametrize("text", [".".join(host) for host in _HOSTS])
def test_an_address_of_a_registry_is_seen(text):
    assert _ADDRESS.search(f"https://files.{text}/simple")


@pytest.mark.parametrize("text", ["home/an/x", "root/.cache", "work/main/src"])
def test_a_path_of_one_machine_is_seen(text):
    assert _PATH.search(f'open("/{text}")')


@pytest.mark.parametrize("text", ["href='/static/home/x'", "net/work/mains", "/ho-so/home"])
def test_other_paths_are_let_be(text):
    assert not _PATH.search(text)


@pytest.mark.parametrize("pattern", [_ADDRESS, _PATH], ids=["registry", "machine"])
def test_no_file_holds_an_address_of_another_place(pattern):
    found = {name: match[0] for name, text in _texts().items() if (match := pattern.search(text))}
    assert found == {}


def _entries(value: object) -> list[dict[str, str]]:
    """Give every `{file, sha256, …}` of a vendor.json, however it is grouped."""
    if isinstance(value, dict):
        own = [value] if {"file", "sha256"} <= set(value) else []
        return own + [entry for inner in value.values() for entry in _entries(inner)]
    return (
        [entry for inner in value for entry in _entries(inner)] if isinstance(value, list) else []
    )


def changed(manifest: Path) -> list[str]:
    """Give the vendored files that are not, byte for byte, what their manifest says."""
    wrong = []
    for entry in _entries(json.loads(manifest.read_text(encoding="utf-8"))):
        path = manifest.parent / entry["file"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            wrong.append(entry["file"])
    return wrong


def test_a_changed_vendored_file_is_seen(tmp_path):
    (tmp_path / "a.js").write_text("changed")
    (tmp_path / "vendor.json").write_text('[{"file": "a.js", "sha256": "00"}]')
    assert changed(tmp_path / "vendor.json") == ["a.js"]


def test_vendored_files_are_what_their_makers_published():
    manifests = [path for path in tracked() if path.name == "vendor.json"]
    assert {place(path): wrong for path in manifests if (wrong := changed(path))} == {}


def test_a_repository_of_another_owner_is_read_too(monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert tracked.__wrapped__() == tracked()


def test_the_licence_is_the_whole_licence():
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text
    assert "9. Accepting Warranty or Additional Liability" in text
