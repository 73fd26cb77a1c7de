"""Văn bản đi, văn bản đến: official documents, drafted, signed, numbered, issued and registered."""

from __future__ import annotations
