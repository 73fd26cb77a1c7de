"""Tiếp nhận từ hệ thống khác: dossiers and events of another one-stop, taken over and given back."""

from __future__ import annotations
