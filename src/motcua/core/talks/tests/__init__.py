"""Tests of what is said in a dossier."""

from __future__ import annotations
