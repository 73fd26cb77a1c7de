"""Desk: the pages of officers, generated from the declarations of the procedures."""

from __future__ import annotations
