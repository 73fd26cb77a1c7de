"""The gallery knows every partial and every block of the style sheet."""

from __future__ import annotations

from pathlib import Path

from motcua.faces import ui
from motcua.faces.ui.gallery import COMPONENTS, FRAME

TEMPLATES = Path(ui.__file__).parent / "templates" / "ui"


def is_page(path: Path) -> bool:
    return path.read_text(encoding="utf-8").lstrip().startswith("{% extends")


def test_every_partial_is_a_component_or_frames_a_page():
    told = {name for one in COMPONENTS for name in one.partials} | set(FRAME)
    assert {path.stem for path in TEMPLATES.glob("*.html") if not is_page(path)} == told


def test_an_example_draws_the_partials_of_its_component():
    for one in COMPONENTS:
        drawn = (TEMPLATES.parent / one.template).read_text(encoding="utf-8")
        for name in one.partials[:1]:
            assert f"ui/{name}.html" in drawn or name in {"errors", "messages"}, one.key


def test_every_example_belongs_to_a_component():
    kept = {path.stem for path in (TEMPLATES / "examples").glob("*.html")}
    assert kept == {one.key for one in COMPONENTS}
