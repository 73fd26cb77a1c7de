"""Motcua, the one door of a digital city: every duty is a dossier on a legal clock in a ledger."""

from __future__ import annotations

__version__ = "0.1.0"
