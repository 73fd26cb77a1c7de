"""The table of threats names tests that are there, for each letter of STRIDE."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.tree import PACKAGE, ROOT, syntax

_PAGE = ROOT / "docs" / "reference" / "threats.md"
_TEST = re.compile(r"`([\w./]+\.py)::(\w+)`")
_KINDS = (
    "Spoofing",
    "Tampering",
    "Repudiation",
    "Information disclosure",
    "Denial of service",
    "Elevation of privilege",
)


def rows(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("| ") and "| test |" not in line]


def missing(page: str) -> list[str]:
    """Give the rows that name no test, and the tests that are not there."""
    found = []
    for row in rows(page):
        named = _TEST.findall(row)
        found += [] if named else [row]
        found += [f"{path}::{name}" for path, name in named if not _is_there(path, name)]
    return found


def _is_there(path: str, name: str) -> bool:
    base = ROOT if path.startswith("tests/") else PACKAGE
    if not (base / path).is_file():
        return False
    nodes = ast.walk(syntax(base / path))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in nodes)


@pytest.mark.parametrize(
    "row",
    [
        "| a | b | c |",
        "| a | b | `tests/architecture/test_threats.py::test_nothing` |",
        "| a | b | `tests/architecture/test_nothing.py::test_x` |",
    ],
)
def test_a_row_without_its_test_is_seen(row):
    assert len(missing(row)) == 1


def test_every_threat_has_a_test():
    assert missing(_PAGE.read_text(encoding="utf-8")) == []


def test_every_kind_of_threat_is_there():
    page = _PAGE.read_text(encoding="utf-8")
    assert [kind for kind in _KINDS if f"| **{kind}**" not in page] == []
