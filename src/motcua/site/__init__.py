"""The composition root: settings, databases, URLs and the command line."""

from __future__ import annotations
