"""Đánh giá: what applicants think of how their dossier was handled, on the declared criteria."""

from __future__ import annotations
