"""Conditions over the values of one record: read from text, checked, and judged.

Comparisons, ``and``/``or``/``not``, ``in``, ``is blank``, ``count(…)``, ``sum(…)`` and dates moved
by days or months; nothing else. A condition is never SQL and never Python. What rests on a blank
value is not known, and a rule fails only where it is known to be broken.
"""

from __future__ import annotations

from motcua.kernel.conditions.judging import holds
from motcua.kernel.conditions.reading import ConditionUnreadable, read
from motcua.kernel.conditions.tree import Kind, Node, fields_of, uses_today

__all__ = ["ConditionUnreadable", "Kind", "Node", "fields_of", "holds", "read", "uses_today"]
