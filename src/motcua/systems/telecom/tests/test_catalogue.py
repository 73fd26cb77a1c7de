"""Every sentence of this system's pages has its English words."""

from __future__ import annotations

from pathlib import Path

import motcua.systems.telecom
from motcua.faces.ui.tests.catalogue import said_by, translated_in

APP = Path(motcua.systems.telecom.__file__).parent


def test_every_sentence_is_translated_and_none_left_over():
    assert said_by(APP) == translated_in(APP)
