"""The sample city: a piece of Hanoi with made-up officers, loaded by `motcua load sample`."""

from __future__ import annotations
