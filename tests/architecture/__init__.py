"""Tests of the laws that the import graph cannot show."""

from __future__ import annotations
