"""Tiếp nhận từ hệ thống khác: another one-stop's dossiers, taken over from CSV and XES."""

from __future__ import annotations
