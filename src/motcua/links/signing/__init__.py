"""Ký số: the service that keeps the keys of officers and agencies and makes their signatures."""

from __future__ import annotations
