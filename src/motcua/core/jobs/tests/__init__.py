"""Tests of the job queue."""

from __future__ import annotations
