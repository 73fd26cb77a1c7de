"""What differs between stories of a shape, worked out by the functions that the acts use."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from motcua.core.access.masks import search_texts
from motcua.core.access.scopes import party_scope
from motcua.core.dossiers.carrying import SALT_BYTES
from motcua.core.dossiers.expected import identity
from motcua.core.ledger.append import instant_text
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.hashing import genesis
from motcua.core.people.numbers import number_hash, seal_number
from motcua.core.people.parties import Applicant
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.fields import indexed, validate
from motcua.core.search.words import terms
from motcua.kernel.codes import DossierCode, Phone, make_lookup
from motcua.kernel.vietnamese import format_moment
from motcua.site.seeding.dialects import Cell, Dialect
from motcua.site.seeding.stories import TELEPHONES, Story, due, local

_LOOKUP_BYTES = 16


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an act draws at random."""

    lookup: str
    salt: bytes
    cipher: bytes


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids that a story's rows are known by."""

    dossier: int
    party: int


@dataclass(frozen=True, slots=True)
class Symbols:
    """The cells of one story, in an order that all stories of a shape share.

    `values` fill whole cells; `texts` also stand within longer ones (a body, a payload).
    """

    ids: Ids
    values: list[Cell]
    texts: list[str]
    genesis: bytes


def draw(applicant: Applicant, number: int) -> Drawn:
    """Draw what the acts would, in their order, for the story of a number."""
    lookup = lookup_of(number)
    salt = secrets.token_bytes(SALT_BYTES)
    return Drawn(lookup, salt, seal_number(applicant.number) if applicant.number else b"")


_LOOKUPS = 23**9  # there are so many
_FIRST = secrets.randbelow(_LOOKUPS)
_STEP = 23 * secrets.randbelow(_LOOKUPS // 23) + 1  # shares no factor with how many there are


def lookup_of(number: int) -> str:
    """Give the look-up number of a story: another for each, as drawing a million would not."""
    return make_lookup(((_FIRST + _STEP * number) % _LOOKUPS).to_bytes(_LOOKUP_BYTES))


def applicant_of(story: Story) -> Applicant:
    """Give the applicant as filing normalises one: only the telephone number is not so yet."""
    said = {name: str(value) for name, value in story.applicant.items()}
    given = said.pop("phone")
    return Applicant(phone=_phone(given), phone_as_given=given, **said)


@lru_cache(maxsize=TELEPHONES)
def _phone(given: str) -> str:
    return Phone.parse(given).number


@lru_cache(maxsize=20_000)
def _moments(at: datetime.datetime) -> tuple[str, str]:
    """Give an instant as notices say it."""
    return format_moment(local(at), "vi"), format_moment(local(at), "en")


@dataclass(frozen=True, slots=True)
class _Form:
    """What a form says, and the cells that hold it."""

    values: Mapping[str, object]
    cells: list[Cell]


class Speller:
    """Works out the symbols of the stories of one shape.

    `fixed` are the values that filing commits to as the dossier's identity, of which a story
    changes the look-up number and the instant of filing; `subject` is searched beside the name.
    """

    __slots__ = ("_declaration", "_dialect", "_fixed", "_forms", "_subject")

    def __init__(
        self, dialect: Dialect, declaration: Declaration, fixed: Sequence[object], subject: str
    ) -> None:
        self._dialect, self._declaration = dialect, declaration
        self._fixed, self._subject = list(fixed), subject
        self._forms: dict[str, _Form] = {}

    def spell(self, story: Story, applicant: Applicant, drawn: Drawn, ids: Ids) -> Symbols:
        """Give the symbols of a story."""
        to, filed = self._dialect, story.times[0]
        ends = due(filed, self._declaration.limit)
        code = str(DossierCode(story.place.code, local(filed).date(), story.number))
        form = self._form(story.content, local(filed).date())
        texts = [
            drawn.lookup,
            code,
            str(ids.dossier),
            str(ids.party),
            str(party_scope(ids.party)),
            *map(instant_text, (*story.times, ends)),
            *_moments(ends),
            *self._commitments(form.values, applicant, drawn, filed),
            *self._searched(applicant),
        ]
        cells = [
            to.number(ids.dossier),
            to.number(ids.party),
            to.number(party_scope(ids.party)),
            to.blob(drawn.salt),
            *map(to.instant, (*story.times, ends)),
            *self._applicant(applicant, drawn),
            *form.cells,
        ]
        return Symbols(ids, cells, texts, genesis(ids.dossier))

    def _form(self, content: str, on: datetime.date) -> _Form:
        """Check and spell a form once: what it says depends on no day."""
        if content not in self._forms:
            values = validate(self._declaration, {"content": content}, on=on)
            texts = [row.text for row in indexed(self._declaration, values)]
            self._forms[content] = _Form(values, [json.dumps(values, ensure_ascii=False), *texts])
        return self._forms[content]

    def _searched(self, applicant: Applicant) -> list[str]:
        """Give the words of the search row: those for all, and those that a mask hides."""
        texts, personal = search_texts(applicant.kind, applicant.name)
        words = self._dialect.words
        return [words("w", terms([self._subject, *texts])), words("p", terms(personal))]

    def _applicant(self, applicant: Applicant, drawn: Drawn) -> list[Cell]:
        own = [applicant.name, applicant.phone, applicant.phone_as_given]
        own += [applicant.email, applicant.address]
        if not applicant.number:
            return [*own, applicant.tax_code]
        to = self._dialect
        return [*own, to.blob(drawn.cipher), to.blob(number_hash(applicant.number))]

    def _commitments(
        self, values: object, applicant: Applicant, drawn: Drawn, filed: object
    ) -> list[str]:
        told = identity([drawn.lookup, *self._fixed[1:8], filed, *self._fixed[9:]])
        bound = (values, applicant.committed(), told)
        return [commitment(drawn.salt, one) for one in bound]
