"""Registers: the lists of things that a city keeps, as their systems declare them."""

from __future__ import annotations
