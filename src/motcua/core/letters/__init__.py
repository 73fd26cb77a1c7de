"""Mẫu văn bản: the templates of letters, their editions, and how paper is set from them."""

from __future__ import annotations
