"""Phí, lệ phí: what a dossier owes by its procedure and its answers, and the receipts it holds."""

from __future__ import annotations
