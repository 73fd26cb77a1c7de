"""Erasing what is personal of a dossier: on a lawful request or by a retention rule."""

from __future__ import annotations
