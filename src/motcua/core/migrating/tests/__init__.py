"""Tests of taking dossiers over to a newer version."""

from __future__ import annotations
