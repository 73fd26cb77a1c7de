"""Tests of the API over HTTP, with Django's test client."""

from __future__ import annotations
