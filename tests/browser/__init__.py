"""People before real pages: Chromium, a real Motcua with its worker, the sample city."""

from __future__ import annotations
