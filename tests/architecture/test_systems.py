"""The shape of a system: open the folder and see it; delete the folder and it is gone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from motcua.site.systems import SYSTEMS
from tests.architecture.tree import PACKAGE

_MODULES = (
    "__init__ apps rules models events actions queries reactions jobs forms views urls api sample"
)
_FILES = {f"{name}.py" for name in _MODULES.split()} | {
    "system.toml",
    "indicators.toml",
    "README.md",
}
_FOLDERS = {
    "procedures",
    "registers",
    "letters",
    "mappings",
    "sample",
    "tests",
    "migrations",
    "templates",
    "static",
    "locale",
    "views",  # of a system with many pages: a file for each part of its menu
}


def folders() -> list[Path]:
    return [path.parent for path in sorted((PACKAGE / "systems").glob("*/__init__.py"))]


def strangers(folder: Path) -> set[str]:
    """Give the names in a system's folder that no system has."""
    found = {path.name for path in folder.iterdir() if path.name != "__pycache__"}
    return found - (_FILES | _FOLDERS)


def test_a_stranger_is_seen(tmp_path):
    for name in ("system.toml", "rules.py", "helpers.py", "letters"):
        (tmp_path / name).touch()
    assert strangers(tmp_path) == {"helpers.py"}


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_system_has_only_the_fixed_names(folder):
    assert strangers(folder) == set()


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_system_declares_itself_in_both_languages(folder):
    declared = tomllib.loads((folder / "system.toml").read_text(encoding="utf-8"))
    assert {"vi", "en"} <= set(declared["name"])


def test_every_system_is_one_line_of_the_list():
    assert {f"motcua.systems.{folder.name}" for folder in folders()} == set(SYSTEMS)


def test_no_file_but_the_list_names_a_system():
    names = "|".join(folder.name for folder in folders())
    naming = re.compile(rf"motcua\.systems\.({names})\b")
    site = [path for path in (PACKAGE / "site").rglob("*.py") if "tests" not in path.parts]
    assert [p.name for p in site if naming.search(p.read_text())] == ["systems.py"]
