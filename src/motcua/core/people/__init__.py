"""Accounts, officers and the parties who ask; personal numbers are encrypted."""

from __future__ import annotations
