"""Tests of the link to the signing service."""

from __future__ import annotations
