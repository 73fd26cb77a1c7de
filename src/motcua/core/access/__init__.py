"""Who may see a dossier: rows of one scope table; who may act: dated posts."""

from __future__ import annotations
