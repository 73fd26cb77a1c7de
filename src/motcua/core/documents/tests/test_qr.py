"""The QR symbol holds the look-up link and nothing else, large enough to be scanned."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from motcua.core.documents.tests.decoder import decoded, error_level
from motcua.core.documents.tests.samples import LOOKUP
from motcua.core.letters.qr import lookup_link, qr_inline, qr_svg
from motcua.core.letters.sources import templates


def matrix_of(svg: str) -> list[list[bool]]:
    """Give the modules that an SVG of one path of horizontal strokes paints."""
    root = ET.fromstring(svg)
    size = int(root.attrib["width"])
    path = root.find("{http://www.w3.org/2000/svg}path")
    assert path is not None
    dark, x, y = [[False] * size for _ in range(size)], 0, 0.0
    for sign, numbers in re.findall(r"([Mmh])([-\d. ]+)", path.attrib["d"]):
        values = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if sign == "h":
            for column in range(x, x + int(values[0])):
                dark[int(y)][column] = True
            x += int(values[0])
        else:
            x, y = (
                (int(values[0]), values[1]) if sign == "M" else (x + int(values[0]), y + values[1])
            )
    return dark


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://mot-cua.example.gov.vn/"])
def test_the_symbol_holds_exactly_the_link(settings, address):
    settings.MOTCUA_PUBLIC_ADDRESS = address
    link = f"{address.rstrip('/')}/tra-cuu?so={LOOKUP}"
    symbol = matrix_of(qr_svg(lookup_link(LOOKUP)))
    assert decoded(symbol) == link
    assert error_level(symbol) == "M"


def test_the_symbol_is_at_least_thirty_millimetres_wide():
    widths = re.findall(rb'format: "svg", width: (\d+)mm', templates("one_stop")["_house.typ"])
    assert [int(width) >= 30 for width in widths] == [True]


def test_on_a_page_it_is_the_same_symbol_with_its_quiet_zone_and_no_style():
    drawn = qr_inline("otpauth://totp/x")
    assert "style" not in drawn
    size = len(matrix_of(qr_svg("otpauth://totp/x")))
    assert f'width="{(size + 8) * 5}"' in drawn
