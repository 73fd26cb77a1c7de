"""Tests of the whole platform; a package's own tests live inside that package."""

from __future__ import annotations
