"""Backing up: one moment of the whole house as an archive, named by the last sealed root."""

from __future__ import annotations
