"""Acts on the people of an agency: who stands in, who has an interest, who leaves."""

from __future__ import annotations
