"""Danh mục thủ tục: procedures as the state publishes them, beside those that run here."""

from __future__ import annotations
