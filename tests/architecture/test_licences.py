"""What a running Motcua installs is listed, freshly, and binds nobody who uses the whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

# GPL and AGPL, by their short or long names; LGPL is another licence.
_BINDING = re.compile(r"(?<!L)A?GPL|(?<!Lesser )General Public|Affero", re.IGNORECASE)
_SBOM = ROOT / "requirements" / "sbom.cdx.json"


def components() -> list[dict]:
    return json.loads(_SBOM.read_text(encoding="utf-8"))["components"]


def licence(component: dict) -> str:
    return component["licenses"][0]["license"]["name"]


@pytest.mark.parametrize(
    ("words", "binds"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU General Public License v3", True),
        ("GNU Affero General Public License", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("MIT", False),
    ],
)
def test_a_licence_that_binds_is_seen(words, binds):
    assert bool(_BINDING.search(words)) is binds


def test_nothing_that_runs_binds_its_users():
    told = {one["name"]: licence(one) for one in components()}
    assert {name: words for name, words in told.items() if _BINDING.search(words)} == {}
    assert [name for name, words in told.items() if words == "not declared"] == []


def test_every_package_of_the_lock_is_listed_with_its_hashes():
    lock = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    locked = {(name.lower(), v) for name, v in re.findall(r"(?m)^([\w.-]+)==([^\s\\;]+)", lock)}
    assert {(one["name"], one["version"]) for one in components()} == locked
    assert all(one["properties"] for one in components())


def test_both_lists_are_fresh():
    command = [sys.executable, str(ROOT / "scripts" / "sbom.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
