"""What this system says of letters before they are signed, and of fines on their dossier."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.access.actors import Actor
from motcua.core.dossiers import answers
from motcua.core.dossiers.beside import Beside, Happened, Line
from motcua.core.dossiers.erased import NO_FIELDS
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.situation import Snapshot
from motcua.core.ledger.models import Entry
from motcua.core.official import content as contents
from motcua.core.official.models import OutgoingDocument
from motcua.core.places import RECORDS, place, places
from motcua.core.procedures.declaration import Mark, Source, Text
from motcua.core.procedures.queries import current
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record, RecordIndex, RecordVersion
from motcua.core.registers.preparing import Kept
from motcua.core.registers.rights import OfficersRead, day_of, kept_agencies, readable
from motcua.core.registers.showing import Shower
from motcua.kernel.vietnamese import Language, fold, format_money
from motcua.systems.antispam.models import Case, Letter
from motcua.systems.antispam.queries import CASES, GROUNDS, odd_lines
from motcua.systems.antispam.rules import AnnexDiffers

_NAMED = 10
_UNSURE = Text(
    "Căn cứ chưa đối chiếu với văn bản: “{ground}”. Kiểm tra trước khi ký.",
    "A ground that was not compared with the law yet: “{ground}”. Check it before you sign.",
)


class _Letters:
    """What this system says of its letters before they are signed."""

    def must_hold(self, row: OutgoingDocument) -> None:
        """Refuse a letter whose annex is not what its dossiers say: `AnnexDiffers`."""
        letter = Letter.objects.filter(document=row).select_related("document").first()
        odd = odd_lines(letter) if letter else []
        if odd:
            more = " …" if len(odd) > _NAMED else ""
            raise AnnexDiffers(numbers=", ".join(odd[:_NAMED]) + more)

    def doubts(self, row: OutgoingDocument) -> list[Text]:
        """Name the grounds that nobody has confirmed yet."""
        if not Letter.objects.filter(document=row).exists():
            return []
        printed = {*contents.read(row.content).grounds}
        laws = {one.text: one.source for one in current(CASES).declaration.legal_basis}
        return [
            Text(_UNSURE.vi.format(ground=ground), _UNSURE.en.format(ground=ground))
            for ground, law in GROUNDS.items()
            if ground in printed and _is_unsure(laws.get(law))
        ]


def _is_unsure(source: Source | None) -> bool:
    return source is None or source.mark is not Mark.CONFIRMED


DOCUMENTS = (_Letters(),)
"""What the review and the signature of official documents ask of this system."""


# --- Fines -------------------------------------------------------------------------------------

FINES = "sanctions"
_FACTS = (
    "decree",
    "party",
    "amount",
    "minutes_on",
    "decided_on",
    "served_on",
    "enforced_on",
    "paid_on",
    "annulled_by",
    "annulled_on",
)
_STATES = {
    "withdrawn": gettext_lazy("Đã rút khỏi sổ"),
    "annulled": gettext_lazy("Đã hủy bỏ"),
    "paid": gettext_lazy("Đã nộp phạt"),
    "enforced": gettext_lazy("Đang cưỡng chế thi hành"),
    "served": gettext_lazy("Đã giao, chờ nộp phạt"),
    "decided": gettext_lazy("Đã quyết định, chưa giao"),
}
_UNSURE_FINES = gettext_lazy("Mức phạt, thẩm quyền và thời hạn chưa đối chiếu với văn bản.")
_VOID = ("withdrawn", "annulled")
_TOLD = ("enter", "change", "retire", "restore")


@dataclass(frozen=True, slots=True)
class Fines:
    """Decisions that stand alike: how they stand, how many there are, and of how many đồng."""

    state: str
    decisions: int
    amount: int


def state_of(values: Kept, *, retired: bool) -> str:
    """Give how a decision stands, by its days: the last thing that became of it."""
    if retired:
        return "withdrawn"
    days = {"annulled_on": "annulled", "paid_on": "paid"}
    days |= {"enforced_on": "enforced", "served_on": "served"}
    return next((state for key, state in days.items() if values.get(key)), "decided")


def fines_counted(actor: Actor) -> list[Fines]:
    """Count the decisions that an actor reads by how they stand. Raises `OfficersRead`."""
    found: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    rows = readable(actor, register_of(FINES)).values_list("values", "retired")
    for text, retired in rows.iterator(chunk_size=2000):
        values = answers.read(text)
        if values:
            state = state_of(values, retired=retired)
            found[state] += 1
            amounts[state] += int(values.get("amount") or 0)
    return [
        Fines(str(words), found[key], amounts[key]) for key, words in _STATES.items() if found[key]
    ]


def fines_of(actor: Actor, case: Case) -> list[Record]:
    """Give the decisions about a round that an actor reads, the first one first.

    Those that name its dossier, and those that name none and are of its number and its days: from
    the day on which it was opened to that of the next round.
    """
    dossier = case.dossier
    index = RecordIndex.objects.filter(register=FINES)
    codes = [fold(one) for one in (dossier.code, dossier.lookup) if one]
    naming = index.filter(key="dossier", text__in=codes).values_list("record_id", flat=True)
    of_number = index.filter(key="number", text=case.number).values_list("record_id", flat=True)
    rows = readable(actor, register_of(FINES)).filter(pk__in={*naming, *of_number})
    named = set(naming)
    return [
        row for row in rows.order_by("pk") if row.pk in named or _is_of_round(row, case, dossier)
    ]


def _is_of_round(row: Record, case: Case, dossier: Dossier) -> bool:
    values = answers.read(row.values)
    if "decided_on" not in values or values.get("dossier"):
        return False
    decided = datetime.date.fromisoformat(str(values["decided_on"]))
    next_one = Case.objects.filter(number=case.number, round=case.round + 1)
    ends = next_one.values_list("dossier__filed_at", flat=True).first()
    return day_of(dossier.filed_at) <= decided and (ends is None or decided < day_of(ends))


class _FinesBeside:
    """The fines of a round, as they stand in their register."""

    procedure = CASES

    def beside(
        self, actor: Actor, snapshot: Snapshot, at: datetime.datetime, language: Language
    ) -> Beside | None:
        """Give the decisions, what became of each when, and the way to enter one."""
        case = Case.objects.filter(dossier=snapshot.id).select_related("dossier").first()
        if case is None or case.dossier.fields == NO_FIELDS:
            return None
        try:
            rows = fines_of(actor, case)
        except OfficersRead:
            return None
        adds = _adds(actor, case, snapshot, at)
        if not rows and adds is None:
            return None
        declaration = register_of(FINES)
        source = declaration.source
        unsure = source is None or source.mark is not Mark.CONFIRMED
        return Beside(
            title=_("Quyết định xử phạt"),
            total=_total(rows, language),
            lines=tuple(_lines(actor, rows, case, language)),
            happened=tuple(_happened(rows)),
            doubt=str(_UNSURE_FINES) if unsure else "",
            adds=adds,
        )


def _adds(
    actor: Actor, case: Case, snapshot: Snapshot, at: datetime.datetime
) -> tuple[str, str] | None:
    """Give the way to enter a decision, once the subscriber has come and minutes were taken."""
    declaration = register_of(FINES)
    keepers = {one.id for one in kept_agencies(actor, declaration, day_of(at))}
    came = snapshot.now.marking.at in {"attended", "sanctioned"}
    if not came or snapshot.now.holding_agency_id not in keepers:
        return None
    said = {"fields.number": case.number, "fields.dossier": case.dossier.code or snapshot.lookup}
    address = f"{reverse('desk:record_new', args=[FINES])}?{urlencode(said)}"
    return _("Ghi quyết định xử phạt"), address


def _total(rows: Sequence[Record], language: Language) -> str:
    """Add up what was fined, aside from what holds no more."""
    told = [(answers.read(row.values), row.retired) for row in rows]
    held = [one for one, gone in told if one and state_of(one, retired=gone) not in _VOID]
    return format_money(sum(int(one.get("amount") or 0) for one in held), language) if held else ""


def _lines(actor: Actor, rows: Sequence[Record], case: Case, language: Language) -> Iterable[Line]:
    shower = Shower(actor, register_of(FINES), rows, language)
    for row in rows:
        values = shower.values(row)
        facts = [(one.label, one.text) for one in shower.cells(row, _FACTS) if one.text]
        if values and values.get("number") != case.number:
            facts.append((_("Lưu ý"), _("Quyết định ghi số điện thoại khác với hồ sơ.")))
        yield Line(
            title=row.title,
            state=str(_STATES[state_of(values, retired=row.retired)]),
            facts=tuple(facts),
            address=reverse("desk:record", args=[FINES, row.pk]),
        )


def _happened(rows: Iterable[Record]) -> Iterable[Happened]:
    """Tell each version of the decisions that an officer made, with its entry."""
    for row in rows:
        before = ""
        versions = RecordVersion.objects.filter(pk__range=places(row.pk), act__in=_TOLD)
        told = list(versions.order_by("pk"))
        first = place(RECORDS, 0)
        entries = Entry.objects.in_bulk([first + one.pk for one in told])
        for one in told:
            state = state_of(answers.read(one.values), retired=one.retired)
            entry = entries.get(first + one.pk)
            said = str(_STATES[state]) if state != before else _("sửa nội dung")
            before = state
            yield Happened(
                at=one.recorded_at,
                actor=one.actor,
                act=_("Quyết định xử phạt %(number)s: %(state)s")
                % {"number": row.title, "state": said},
                words=one.reason,
                hash=bytes(entry.hash).hex()[:12] if entry else "",
                is_sealed=entry is not None and entry.seal_id is not None,
            )


DOSSIERS = (_FinesBeside(),)
"""What stands on the page of a number's dossier beside what the dossier itself says."""
