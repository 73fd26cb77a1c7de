"""One process each: what is measured, and nothing else."""

from __future__ import annotations
