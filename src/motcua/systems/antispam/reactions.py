"""What this system says when its letters are reviewed, signed and issued as documents."""

from __future__ import annotations

from motcua.core.official import content as contents
from motcua.core.official.models import OutgoingDocument
from motcua.core.procedures.declaration import Mark, Source, Text
from motcua.core.procedures.queries import current
from motcua.systems.antispam.models import Letter
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
