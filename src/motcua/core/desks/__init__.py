"""How an officer's desk is set up: saved filters, and whether its keys are on."""

from __future__ import annotations
