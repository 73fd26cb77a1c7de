"""The command line: `motcua VERB [NOUN]`."""

from __future__ import annotations

from motcua.site.cli.main import main

__all__ = ["main"]
