"""The pages of the portal, a module for each thing a citizen comes for."""

from __future__ import annotations
