"""Tests of the system of telecom infrastructure."""

from __future__ import annotations
