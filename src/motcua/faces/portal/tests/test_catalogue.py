"""Every sentence of the portal has its English words."""

from __future__ import annotations

from pathlib import Path

import motcua.faces.portal
from motcua.faces.ui.tests.catalogue import said_by, translated_in

APP = Path(motcua.faces.portal.__file__).parent


def test_every_sentence_is_translated():
    assert said_by(APP) - translated_in(APP) == set()


def test_no_translation_is_left_over():
    assert translated_in(APP) - said_by(APP) == set()
