"""What is owed and what may be taken for it: decided from the declaration and the answers alone.

Amounts are whole đồng. A fee is owed by its declaration: not where its condition does not hold,
not where an answer exempts. It is settled by one line on a receipt that stands, for the whole
amount or with the reason why nothing is paid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from motcua.core.procedures.declaration import Condition, Exemption, FeeRule
from motcua.kernel.errors import Refused

MOST_EACH = 10_000_000_000
MOST_TIMES = 100_000


class NotOwed(Refused):
    """The dossier owes no such fee."""

    code = "fees.not_owed"
    vi = "Hồ sơ này không phải nộp khoản “{fee}”."
    en = "This dossier owes no fee “{fee}”."


class PaidAlready(Refused):
    """A receipt for the fee stands."""

    code = "fees.paid_already"
    vi = "Khoản “{fee}” đã có biên lai. Muốn thu lại thì hủy biên lai cũ trước."
    en = "A receipt for “{fee}” stands. Void it before the fee is taken again."
    status = 409


class AmountFixed(Refused):
    """The procedure states the amount or the number, so the counter does not."""

    code = "fees.amount_fixed"
    vi = "Mức thu hoặc số lượng của “{fee}” do thủ tục ấn định, không sửa ở quầy."
    en = "Amount or number of “{fee}” is fixed by the procedure, not at the counter."


class AmountMissing(Refused):
    """The procedure leaves the amount or the number to the counter, which gave none in reach."""

    code = "fees.amount_missing"
    vi = "Hãy ghi mức thu và số lượng của “{fee}” (số nguyên từ 1 trở lên)."
    en = "State amount and number of “{fee}” (whole numbers of at least 1)."


class NotExempt(Refused):
    """The reason given does not exempt from this fee."""

    code = "fees.not_exempt"
    vi = "Lý do miễn đã chọn không áp dụng cho khoản “{fee}” của hồ sơ này."
    en = "The reason chosen does not exempt this dossier from “{fee}”."


@dataclass(frozen=True, slots=True)
class Due:
    """A fee that a dossier owes: đồng for one and how many, None where the counter states them."""

    rule: FeeRule
    each: int | None
    times: int | None

    @property
    def amount(self) -> int | None:
        """What is to pay, if it is known before the counter has spoken."""
        return None if self.each is None or self.times is None else self.each * self.times


@dataclass(frozen=True, slots=True)
class Wish:
    """What a counter wants to take for one fee; None where the procedure has decided."""

    fee: str
    each: int | None = None
    times: int | None = None
    exempt: str = ""

    def told(self) -> list[object]:
        """Give it as canonical JSON can hold it."""
        return [self.fee, self.each, self.times, self.exempt]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a receipt."""

    fee: str
    each: int
    times: int
    exempt: str = ""

    @property
    def amount(self) -> int:
        """What was paid by it, in đồng."""
        return 0 if self.exempt else self.each * self.times

    def told(self) -> list[object]:
        """Give it as rows and the ledger hold it."""
        return [self.fee, self.each, self.times, self.exempt]


def dues(fees: Iterable[FeeRule], answers: Mapping[str, object]) -> tuple[Due, ...]:
    """Give what a dossier with these answers owes, in declared order."""
    return tuple(
        Due(rule, rule.amount, _times(rule, answers))
        for rule in fees
        if rule.amount != 0
        and (rule.when is None or holds(rule.when, answers))
        and not any(one.condition and holds(one.condition, answers) for one in rule.exempt)
    )


def unsettled(owed: Iterable[Due], lines: Iterable[Line]) -> tuple[Due, ...]:
    """Give what is owed and on no receipt that stands."""
    there = {line.fee for line in lines}
    return tuple(due for due in owed if due.rule.key not in there)


def line_for(wish: Wish, owed: Collection[Due], settled: Collection[str]) -> Line:
    """Judge what a counter wants to take; raises one of the refusals above."""
    due = next((one for one in owed if one.rule.key == wish.fee), None)
    if due is None:
        raise NotOwed(fee=wish.fee)
    name = due.rule.name.vi
    if wish.fee in settled:
        raise PaidAlready(fee=name)
    if wish.exempt:
        if wish.exempt not in {one.key for one in shown_exemptions(due.rule)}:
            raise NotExempt(fee=name)
        return Line(wish.fee, 0, 0, wish.exempt)
    each = _decided(due.each, wish.each, MOST_EACH, name)
    return Line(wish.fee, each, _decided(due.times, wish.times, MOST_TIMES, name))


def shown_exemptions(rule: FeeRule) -> tuple[Exemption, ...]:
    """Give the exemptions that a counter decides by a paper it looks at."""
    return tuple(one for one in rule.exempt if one.condition is None)


def holds(condition: Condition, answers: Mapping[str, object]) -> bool:
    """Tell whether an answer is one of those that a condition names."""
    given = answers.get(condition.field)
    text = str(given).lower() if isinstance(given, bool) else str(given or "")
    return text in condition.values


def _times(rule: FeeRule, answers: Mapping[str, object]) -> int | None:
    if rule.count is not None:
        return int(str(answers[rule.count]))
    return None if rule.per is not None else 1


def _decided(fixed: int | None, wished: int | None, most: int, fee: str) -> int:
    if fixed is not None:
        if wished not in {None, fixed}:
            raise AmountFixed(fee=fee)
        return fixed
    if wished is None or not 1 <= wished <= most:
        raise AmountMissing(fee=fee)
    return wished
