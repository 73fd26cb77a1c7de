"""What pages write in hidden boxes is read back, and nothing else is."""

from __future__ import annotations

import pytest

from motcua.core.places import LAST, STREAMS, place
from motcua.faces.ui.forms import whole_number

_LAST_DOSSIER = 10**9


@pytest.mark.parametrize("id_", [0, 7, place(60, 1), place(_LAST_DOSSIER, LAST)])
def test_the_id_of_any_row_is_read(id_):
    assert whole_number(str(id_)) == id_


@pytest.mark.parametrize("text", ["", "-1", "1.0", "x", "²", "١", "1" * 19, "1e3", " 7"])
def test_what_no_page_writes_is_none(text):
    assert whole_number(text) is None


def test_streams_do_not_outgrow_the_digits():
    assert len(str(place(STREAMS - 1, LAST))) == 19  # reached only beyond 59 milliard dossiers
    assert place(_LAST_DOSSIER * 59, LAST) < 10**18
