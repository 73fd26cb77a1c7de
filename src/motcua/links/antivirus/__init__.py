"""Quét mã độc: a scanner on this machine or beside it looks at files before they are kept."""

from __future__ import annotations
