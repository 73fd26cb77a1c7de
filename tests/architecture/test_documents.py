"""Documents that cannot lie: links lead somewhere, and the words are those of the glossary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, place, tracked

_LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
_ADR_PARTS = ["## Context", "## Decision", "## Consequences"]


def pages() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def dead_links(page: Path) -> list[str]:
    """Give the relative links of a page that lead to nothing."""
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    return [link for link in links if not (page.parent / link).exists()]


def test_a_dead_link_is_seen(tmp_path):
    (tmp_path / "a.md").write_text("[x](b.md) [y](a.md#top) [z](mailto:x) [w](#here)")
    assert dead_links(tmp_path / "a.md") == ["b.md"]


def test_every_relative_link_leads_somewhere():
    assert {place(page): dead for page in pages() if (dead := dead_links(page))} == {}


def test_every_page_of_the_documents_is_linked_from_their_first_page():
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / link).resolve() for link in _LINK.findall(index.read_text())}
    assert [
        place(p) for p in pages() if p.is_relative_to(index.parent) and p not in {*linked, index}
    ] == []


def test_every_app_of_the_core_is_a_word_of_the_glossary():
    apps = {path.parent.name for path in (PACKAGE / "core").glob("*/__init__.py")}
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert {app for app in apps if f"`core/{app}`" not in glossary} == set()


def test_every_folder_the_glossary_names_is_there():
    named = re.findall(
        r"`(core/\w+|faces/\w+|kernel/\w+)`", (ROOT / "docs" / "glossary.md").read_text()
    )
    assert [name for name in named if not (PACKAGE / name).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda p: p.stem)
def test_a_decision_is_told_on_one_page(page):
    text = page.read_text(encoding="utf-8")
    assert [part for part in _ADR_PARTS if part not in text] == []
    assert len(text.split()) < 600
