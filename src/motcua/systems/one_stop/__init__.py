"""Một cửa: online services and the electronic one-stop."""

from __future__ import annotations
