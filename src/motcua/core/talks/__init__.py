"""Trao đổi: words between the officers of a dossier, and between its office and its applicant."""

from __future__ import annotations
