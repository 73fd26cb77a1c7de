"""The posts of those who keep the house itself, whatever systems it runs."""

from __future__ import annotations

SYSTEM_KEEPER, DATA_KEEPER = "system_keeper", "data_keeper"
"""Who keeps it running, and who keeps and erases its data."""
