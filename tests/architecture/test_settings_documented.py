"""Every setting of the environment is documented, and nothing is documented that is not there."""

from __future__ import annotations

import re

from tests.architecture.tree import ROOT, place, products, tracked

_NAME = re.compile(r"\b(?:MOTCUA_[A-Z][A-Z_]*[A-Z]|EMAIL_[A-Z_]+|DEFAULT_FROM_EMAIL)\b")
_PAGE = ROOT / "docs" / "reference" / "settings.md"


def test_every_setting_of_the_code_is_documented():
    used = {name for path in products() for name in _NAME.findall(path.read_text())}
    assert used - set(_NAME.findall(_PAGE.read_text())) == set()


def test_every_documented_setting_is_read_somewhere():
    documents = {path for path in tracked() if path.suffix in {".md", ".toml"}}
    readers = [
        path
        for path in tracked()
        if path.suffix in {".py", ".sh"} or path.name in {"run", "Makefile"}
    ]
    read = {
        name
        for path in readers
        if path not in documents
        for name in _NAME.findall(path.read_text())
    }
    assert set(_NAME.findall(_PAGE.read_text())) - read == set()


def test_other_pages_name_no_unknown_setting():
    known = set(_NAME.findall(_PAGE.read_text()))
    pages = [path for path in tracked() if path.suffix == ".md"]
    unknown = {place(p): set(_NAME.findall(p.read_text())) - known for p in pages}
    assert {page: names for page, names in unknown.items() if names} == {}
