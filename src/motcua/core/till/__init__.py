"""Quầy thu: taking fees for a dossier, voiding a receipt, paying back, and the day's takings."""

from __future__ import annotations
