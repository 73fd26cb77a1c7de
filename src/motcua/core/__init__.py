"""Small Django apps that know no system and no page."""

from __future__ import annotations
