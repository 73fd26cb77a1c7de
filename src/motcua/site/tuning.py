"""What a long-running process does once it has started."""

from __future__ import annotations

import gc


def settle() -> None:
    """Leave what was loaded at the start out of every later garbage collection.

    An act makes a few hundred short-lived objects and no cycles; the default thresholds would
    walk all loaded classes again and again for them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
