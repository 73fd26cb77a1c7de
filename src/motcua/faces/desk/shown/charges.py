"""What a procedure costs, as the counter reads it out before the papers are taken in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from motcua.core.procedures.declaration import Declaration, FeeRule
from motcua.faces.desk.words import language
from motcua.kernel.vietnamese import format_money


def charges(declaration: Declaration) -> list[tuple[str, str, str]]:
    """Give name, amount and conditions of every fee; nothing where the procedure states none."""
    return [(fee.name.text(language()), _amount(fee), _conditions(fee)) for fee in declaration.fees]


def _amount(fee: FeeRule) -> str:
    if fee.amount is None:
        return _("Chưa công bố mức thu")
    if fee.amount == 0:
        return _("Không thu")
    told = format_money(fee.amount)
    return f"{told} / {fee.per.text(language())}" if fee.per else told


def _conditions(fee: FeeRule) -> str:
    exempt = ", ".join(one.name.text(language()) for one in fee.exempt)
    free = _("Miễn: %(who)s") % {"who": exempt} if exempt else ""
    note = fee.note.text(language()) if fee.note else ""
    return ". ".join(part for part in (note.rstrip("."), free) if part)
