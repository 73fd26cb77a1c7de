"""What happened, act by act, with the words of the act and its place in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.core.dossiers.beside import Happened
from motcua.core.dossiers.models import Remark
from motcua.core.dossiers.talked import TALK
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.faces.desk.reading.history import Told, officer_names
from motcua.faces.desk.words import act_name, language, leg_name, moment


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry of the ledger as a line of the page; `seq` is 0 of one that is not the dossier's."""

    seq: int
    act: str
    actor: str
    at: str
    words: str
    hash: str
    is_sealed: bool


def shown_entries(told: Sequence[Told], remarks: Mapping[int, Remark]) -> list[ShownEntry]:
    """Give the entries newest first, with the actors by name and acts by their own version."""
    names = officer_names({one.actor for one in told})
    return [
        ShownEntry(
            seq=one.seq,
            act=_act(declared(one.version), one),
            actor=names.get(one.actor) or kind_of(one.actor),
            at=moment(one.entry.at),
            words=_words(one, remarks),
            hash=one.short_hash,
            is_sealed=one.is_sealed,
        )
        for one in reversed(told)
    ]


def with_others(
    shown: Sequence[ShownEntry], told: Sequence[Told], happened: Iterable[Happened]
) -> list[ShownEntry]:
    """Put what happened to things kept about the dossier among its own entries, by the instant."""
    others = list(happened)
    if not others:
        return list(shown)
    names = officer_names({one.actor for one in others})
    pairs = [(one.entry.at, line) for one, line in zip(reversed(told), shown, strict=True)]
    pairs += [
        (
            one.at,
            ShownEntry(
                seq=0,
                act=one.act,
                actor=names.get(one.actor) or kind_of(one.actor),
                at=moment(one.at),
                words=one.words,
                hash=one.hash,
                is_sealed=one.is_sealed,
            ),
        )
        for one in others
    ]
    return [line for _at, line in sorted(pairs, key=lambda pair: pair[0], reverse=True)]


def _words(told: Told, remarks: Mapping[int, Remark]) -> str:
    """Give the words of an act; what was said stands with the conversation, where it is masked."""
    return remarks[told.seq].text if told.seq in remarks and told.act not in TALK else ""


def _act(declaration: Declaration, told: Told) -> str:
    name = act_name(declaration, told.act)
    letters = {rule.key: rule.name.text(language()) for rule in declaration.letters}
    if told.act == "paper":
        letter = str(told.data.get("letter", ""))
        return f"{name}: {letters.get(letter, letter)}"
    legs = told.data.get("legs")
    if isinstance(legs, list):
        return f"{name}: {', '.join(leg_name(declaration, str(leg)) for leg in legs)}"
    return name


def kind_of(actor: str) -> str:
    """Tell what kind of actor it is who has no name here."""
    if actor.startswith("party:"):
        return _("Người nộp")
    if actor.startswith("system:"):
        return _("Hệ thống")
    return _("Người nộp trực tuyến")
