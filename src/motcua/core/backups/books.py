"""The sealed books of a house: each has a witnessed chain of its own."""

from __future__ import annotations

from motcua.core.access.book import ACCESS
from motcua.core.ledger.book import LEDGER, Book

BOOKS: tuple[Book, ...] = (LEDGER, ACCESS)
