"""Each component alone before axe-core: in both densities, both languages, on a phone and wide."""

from __future__ import annotations

import pytest

from motcua.faces.ui.gallery import COMPONENTS
from tests.browser.test_every_page import in_english
from tests.browser.visitor import DESKTOP, PHONE
from tests.browser.watch import violations

PLACES = ["/sample/components", "/sample/components?mat-do=can-bo"]


@pytest.fixture(scope="module")
def galleries(browser, house):
    """Open the gallery in every way once for the module."""
    opened = []
    for size in (PHONE, DESKTOP):
        for place in PLACES:
            page = browser.new_page(base_url=house.address, viewport=size)
            page.goto(place)
            opened.append(page)
    yield opened
    for page in opened:
        page.close()


@pytest.mark.parametrize("key", [one.key for one in COMPONENTS])
def test_axe_finds_nothing_in_a_component(galleries, key):
    assert [found for page in galleries for found in violations(page, f"#c-{key}")] == []


def test_the_gallery_holds_as_a_page_in_either_language(citizen, window):
    for place in PLACES:
        citizen.open(place)
    reader = in_english(window())
    for place in PLACES:
        assert "components" in reader.open(place).heading
