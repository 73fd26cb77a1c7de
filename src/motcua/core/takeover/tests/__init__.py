"""Tests of taking dossiers over and giving them back."""

from __future__ import annotations
