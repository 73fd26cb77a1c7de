"""Tiếp nhận từ hệ thống khác: another one-stop's dossiers, taken over and given back."""

from __future__ import annotations
