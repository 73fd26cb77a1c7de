"""Working calendars as editable data, and the clock segments of dossiers."""

from __future__ import annotations
