"""Địa bàn: administrative units through time, with their heirs, as facts with a source."""

from __future__ import annotations
