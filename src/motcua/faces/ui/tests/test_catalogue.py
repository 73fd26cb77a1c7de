"""Every sentence of the interface parts has its English words."""

from __future__ import annotations

from pathlib import Path

import motcua.faces.ui
from motcua.faces.ui.tests.catalogue import said_by, translated_in

APP = Path(motcua.faces.ui.__file__).parent


def test_every_sentence_is_translated():
    assert said_by(APP) - translated_in(APP) == set()


def test_no_translation_is_left_over():
    assert translated_in(APP) - said_by(APP) == set()


def test_a_missing_translation_is_seen(tmp_path):
    (tmp_path / "page.html").write_text("{% load i18n %}{% translate 'Chưa dịch' %}")
    (tmp_path / "code.py").write_text("from x import gettext as _\n_('Cũng chưa')\n")
    assert said_by(tmp_path) == {"Chưa dịch", "Cũng chưa"}
