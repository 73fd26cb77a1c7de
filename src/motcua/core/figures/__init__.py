"""Số liệu công khai: what agencies received and finished, month by month, from the facts."""

from __future__ import annotations
