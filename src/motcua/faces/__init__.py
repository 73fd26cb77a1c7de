"""Generic pages and API, driven by the declarations."""

from __future__ import annotations
