"""What a long-running process does once it has started."""

from __future__ import annotations

import gc

from motcua.core.carrier import carry_beside
from motcua.core.dossiers.elsewhere import elsewhere


def settle() -> None:
    """Load what the first act would wait for; leave it all out of later garbage collections.

    From then on SQLite's log is copied beside the acts.

    What systems tell of moves is read by every move, and loads most of their modules. An act makes
    a few hundred short-lived objects and no cycles; the default thresholds would walk all loaded
    classes again and again for them.
    """
    carry_beside()
    elsewhere("", "")
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
