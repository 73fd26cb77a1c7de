"""Tests of the step engine: examples, laws and the checks before publishing."""

from __future__ import annotations
