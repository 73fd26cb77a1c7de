"""Vietnamese text: search folding, input cleaning, order, dates, numbers, legal references."""

from __future__ import annotations

from motcua.kernel.vietnamese.citations import citation
from motcua.kernel.vietnamese.cleaning import ControlCharacter, TooLong, clean, nfc, within
from motcua.kernel.vietnamese.collation import name_key, sort_key
from motcua.kernel.vietnamese.dates import (
    DateUnreadable,
    Language,
    NoSuchDay,
    date_of,
    format_date,
    format_moment,
    format_month,
    format_weekday,
    parse_date,
)
from motcua.kernel.vietnamese.folding import fold, words
from motcua.kernel.vietnamese.numbers import (
    MoneyNotWhole,
    NumberUnreadable,
    format_money,
    format_number,
    format_percent,
    parse_money,
    parse_number,
)

__all__ = [
    "ControlCharacter",
    "DateUnreadable",
    "Language",
    "MoneyNotWhole",
    "NoSuchDay",
    "NumberUnreadable",
    "TooLong",
    "citation",
    "clean",
    "date_of",
    "fold",
    "format_date",
    "format_moment",
    "format_money",
    "format_month",
    "format_number",
    "format_percent",
    "format_weekday",
    "name_key",
    "nfc",
    "parse_date",
    "parse_money",
    "parse_number",
    "sort_key",
    "within",
    "words",
]
