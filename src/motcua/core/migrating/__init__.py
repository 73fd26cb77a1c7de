"""Running dossiers go over to a newer version of their procedure, by a published map."""

from __future__ import annotations
