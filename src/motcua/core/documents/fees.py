"""What a printed receipt says: its number, its lines, its sum."""

from __future__ import annotations

from decimal import Decimal

from motcua.core.documents.facts import Facts
from motcua.core.fees.models import Method
from motcua.core.fees.rows import BILL
from motcua.core.fees.rules import Line
from motcua.core.procedures.declaration import FeeRule
from motcua.kernel.vietnamese import format_number


def fee_of(facts: Facts) -> dict[str, object]:
    """Give the receipt as its entry told it; nothing for any other letter."""
    if facts.paper.letter != BILL:
        return {}
    told = facts.body["data"]["fee"]
    rules = {rule.key: rule for rule in facts.declaration.fees}
    lines = [Line(*one) for one in told["lines"]]
    return {
        "number": f"{told['number']:07}/{told['year']}",
        "method": Method(told["method"]).label,
        "lines": [_line(one, rules[one.fee]) for one in lines],
        "total": format_number(Decimal(told["total"])),
    }


def _line(line: Line, rule: FeeRule) -> dict[str, str]:
    reasons = {one.key: one.name.vi for one in rule.exempt}
    return {
        "name": rule.name.vi,
        "each": format_number(Decimal(line.each)),
        "times": format_number(Decimal(line.times)),
        "amount": format_number(Decimal(line.amount)),
        "exempt": reasons.get(line.exempt, ""),
    }
