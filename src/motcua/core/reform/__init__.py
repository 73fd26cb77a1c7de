"""Sắp xếp tổ chức: agencies end on a day and heirs go on with their dossiers, people and posts."""

from __future__ import annotations
