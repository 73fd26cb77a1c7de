"""Đo tải: one made-up step, published only where somebody seeds a database to measure."""

from __future__ import annotations
