"""What the pages show: plain values, worded in the reader's language."""

from __future__ import annotations
