"""What the access log says of registers, in words: `register.KEY`, its record, and the value."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.loading import registers
from motcua.faces.desk.words import language
from motcua.kernel.vietnamese import format_number


def record_words(what: str, count: int) -> str:
    """Say which record of which register was read, or how many; empty of what is no record."""
    first, _dot, rest = what.partition(".")
    key, _dot, named = rest.partition(".")
    declaration = registers().get(key) if first == "register" else None
    if declaration is None:
        return ""
    name = declaration.name.text(language())
    number, _dot, field = named.partition(".")
    if not number.isdecimal():
        told = format_number(count, language())
        many = ngettext("%(told)s bản ghi", "%(told)s bản ghi", count) % {"told": told}
        return f"{name}: {many}"
    one = _("bản ghi %(number)s") % {"number": number}
    label = _label(declaration, field)
    return f"{name}: {one}, {label}" if label else f"{name}: {one}"


def register_name(what: str) -> str:
    """Name the register of `register.KEY`; empty of what is none, or none any more."""
    first, _dot, key = what.partition(".")
    declaration = registers().get(key) if first == "register" else None
    return declaration.name.text(language()) if declaration else ""


def _label(declaration: RegisterDeclaration, field: str) -> str:
    rule = declaration.field_rules.get(field)
    return rule.label.text(language()) if rule else ""
