"""Tests of drafts."""

from __future__ import annotations
