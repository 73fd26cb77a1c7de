"""A system declares itself in `system.toml`."""

from __future__ import annotations

import pytest

from motcua.core.procedures.faults import UnreadableSystem
from motcua.core.procedures.systems import UnknownSystem, load, read_system, system_of, systems
from motcua.core.procedures.tests.conftest import TINY


def test_a_system_is_loaded_from_its_package():
    system = load(TINY)
    assert system.declaration.key == "tiny"
    assert list(system.declaration.posts) == ["counter", "leader"]
    assert list(system.procedures) == ["1.000001.toml"]


def test_menu_and_events_are_named_in_both_languages():
    declared = load(TINY).declaration
    assert declared.menu[0].name.text("vi") == "Việc"
    assert declared.events["told"].text("en") == "Told"


def test_a_post_signs_only_where_the_file_says_so():
    text = '[name]\nvi = "A"\nen = "A"\n[posts.a]\nvi = "A"\nen = "A"\nsigns = true\n'
    other = '[posts.b]\nvi = "B"\nen = "B"\n'
    assert read_system(text + other, key="x").signers == {"a"}


def test_systems_are_those_of_the_setting():
    assert [system.declaration.key for system in systems()] == ["tiny"]
    assert system_of("tiny").name.en == "Tiny"
    with pytest.raises(UnknownSystem):
        system_of("other")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("name = {", "file"),
        ("", "name"),
        ('[name]\nvi = "A"', "name.en"),
        ('[name]\nvi = "A"\nen = "A"\n[post.x]', "post"),
        (
            '[name]\nvi = "A"\nen = "A"\n[menu.a]\nvi = "A"\nen = "A"\npage = "a"\nposts = ["x"]',
            "menu.a.posts",
        ),
    ],
)
def test_a_faulty_system_file_is_refused(text, where):
    with pytest.raises(UnreadableSystem) as refused:
        read_system(text, key="x")
    assert where in {fault.where for fault in refused.value.faults}
