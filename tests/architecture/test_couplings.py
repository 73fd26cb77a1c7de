"""Couplings that no import shows: models by name, the clock, impure rules."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, imports, place, products, syntax

_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
_IMPURE = {"django", "sqlite3", "random", "os", "time", "socket", "httpx", "psycopg", "duckdb"}
# Doors read the clock: pages, API, command line, background work. Everything else takes `at`.
_DOORS = re.compile(r"(faces|site|core/jobs)/|/(views|api|jobs)(\.py$|/)|core/now\.py$")


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def relations_by_name(tree: ast.AST) -> list[str]:
    """Give the `app.Model` texts that a tree hands to a relation field."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if _name(call) in _RELATIONS:
            named = [word.value for word in call.keywords if word.arg in {"to", "through"}]
            values = [*call.args[:1], *named]
            found += [str(v.value) for v in values if isinstance(v, ast.Constant)]
    return [text for text in found if "." in text]


def hidden_look_ups(tree: ast.AST) -> list[int]:
    """Give the lines that fetch a model by name."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if _name(call) == "get_model"]


def _offenders(find) -> dict[str, object]:
    return {place(path): found for path in products() if (found := find(syntax(path)))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("models.ForeignKey('spam.Number', models.PROTECT)", ["spam.Number"]),
        ("ManyToManyField(to='spam.Number')", ["spam.Number"]),
        ("models.ForeignKey('self', models.PROTECT)", []),
        ("models.ForeignKey(Agency, models.PROTECT)", []),
    ],
)
def test_a_relation_by_name_is_seen(text, found):
    assert relations_by_name(ast.parse(text)) == found


def test_no_relation_names_another_app_by_text():
    assert _offenders(relations_by_name) == {}


def test_a_model_fetched_by_name_is_seen():
    assert hidden_look_ups(ast.parse("apps.get_model('spam', 'Number')")) == [1]


def test_no_model_is_fetched_by_name():
    assert _offenders(hidden_look_ups) == {}


@pytest.mark.parametrize(
    ("path", "door"),
    [("systems/spam/jobs.py", True), ("faces/desk/queue.py", True), ("core/clock/due.py", False)],
)
def test_doors_are_known(path, door):
    assert bool(_DOORS.search(path)) is door


def _reads_the_clock(path: Path) -> bool:
    return any(name.startswith("motcua.core.now") for name in imports(syntax(path)))


def test_only_doors_read_the_clock():
    readers = [
        path.relative_to(PACKAGE).as_posix() for path in products() if _reads_the_clock(path)
    ]
    assert [path for path in readers if not _DOORS.search(path)] == []


def test_every_rules_module_is_pure():
    rules = [path for path in products() if path.name == "rules.py"]
    impure = {
        place(path): bad
        for path in rules
        if (bad := {name for name in imports(syntax(path)) if name.split(".")[0] in _IMPURE})
    }
    assert impure == {}


def test_a_lower_house_never_names_a_system():
    named = re.compile(r"motcua\.systems\.\w+")
    lower = [
        path
        for path in products()
        if path.relative_to(PACKAGE).parts[0] in {"kernel", "core", "links", "faces"}
    ]
    assert [place(path) for path in lower if named.search(path.read_text())] == []
