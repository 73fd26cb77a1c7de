"""A procedure as the API tells it: what to fill in, what to hand in, what it costs, how long."""

from __future__ import annotations

from pydantic import Field

from motcua.core.procedures.declaration import (
    Declaration,
    EvidenceRule,
    FeeRule,
    FieldRule,
    FieldType,
    Source,
    Text,
)
from motcua.core.procedures.queries import Current
from motcua.faces.api.schemas import Name, Out, named
from motcua.kernel.calendar import Limit


class Choice(Out):
    """An answer that a field of type `choice` takes."""

    key: str
    label: Name


class FieldOut(Out):
    """A field of the form; `minimum` and `maximum` bound numbers and money (đồng)."""

    key: str
    label: Name
    type: FieldType
    required: bool
    max_length: int
    personal: bool
    indexed: bool
    choices: list[Choice]
    hint: Name | None
    pattern: str | None
    minimum: int | None
    maximum: int | None


class SectionOut(Out):
    """Fields of a long form that belong together, in the order of the form."""

    key: str
    name: Name
    fields: list[str]


class PaperOut(Out):
    """A paper to hand in."""

    key: str
    name: Name
    required: bool
    originals: int
    copies: int
    note: Name | None


class FeeOut(Out):
    """A fee in đồng; null where none is stated."""

    key: str
    name: Name
    amount: int | None
    per: Name | None
    note: Name | None


class LimitOut(Out):
    """The legal limit: stable text such as `10 working_day`, and words."""

    text: str = Field(examples=["10 working_day"])
    words: Name
    mark: str | None = Field(description="how sure it is: confirmed, unconfirmed or sample")
    source: str | None


class StepOut(Out):
    """A step: where a dossier stands, who holds it, and for how many working minutes."""

    key: str
    name: Name
    state: str = Field(description="the public state of a dossier that stands here")
    post: str
    minutes: int


class ProcedureOut(Out):
    """A published procedure."""

    code: str
    version: int
    system: str
    name: Name
    short: Name
    group: Name
    level: Name
    decided_by: Name
    result: Name
    channels: list[str] = Field(description="`public`: anybody may file online")
    tiers: list[str] = Field(description="tiers of agencies that receive it; empty: any")
    limit: LimitOut | None
    fields: list[FieldOut]
    sections: list[SectionOut] = Field(
        description="of a long form; empty: the fields are not divided"
    )
    evidence: list[PaperOut]
    fees: list[FeeOut]
    legal_basis: list[str]
    steps: list[StepOut]


class Procedures(Out):
    """Published procedures in Vietnamese alphabetical order."""

    items: list[ProcedureOut]


def procedure_out(one: Current) -> ProcedureOut:
    """Tell a published procedure."""
    said = one.declaration
    return ProcedureOut(
        code=said.code,
        version=one.version_id,
        system=said.system,
        name=_name(said.name),
        short=_name(said.short),
        group=_name(said.group),
        level=_name(said.level),
        decided_by=_name(said.decided_by),
        result=_name(said.result),
        channels=list(said.channels),
        tiers=list(said.tiers),
        limit=_limit(said.limit, said.limit_source) if said.limit else None,
        fields=[_field(rule) for rule in said.fields],
        sections=[
            SectionOut(key=one.key, name=_name(one.name), fields=list(one.fields))
            for one in said.sections
        ],
        evidence=[_paper(rule) for rule in said.evidence],
        fees=[_fee(rule) for rule in said.fees],
        legal_basis=[reference.text for reference in said.legal_basis],
        steps=_steps(said),
    )


def _name(text: Text) -> Name:
    return Name(vi=text.vi, en=text.en)


def _maybe(text: Text | None) -> Name | None:
    return _name(text) if text else None


def _limit(limit: Limit, source: Source | None) -> LimitOut:
    return LimitOut(
        text=str(limit),
        words=Name(vi=limit.text("vi"), en=limit.text("en")),
        mark=source.mark.value if source else None,
        source=source.text if source else None,
    )


def _field(rule: FieldRule) -> FieldOut:
    return FieldOut(
        key=rule.key,
        label=_name(rule.label),
        type=rule.type,
        required=rule.required,
        max_length=rule.max_length,
        personal=rule.personal,
        indexed=rule.indexed,
        choices=[Choice(key=one.key, label=_name(one.label)) for one in rule.choices],
        hint=_maybe(rule.hint),
        pattern=rule.pattern,
        minimum=rule.minimum,
        maximum=rule.maximum,
    )


def _paper(rule: EvidenceRule) -> PaperOut:
    return PaperOut(
        key=rule.key,
        name=_name(rule.name),
        required=rule.required,
        originals=rule.originals,
        copies=rule.copies,
        note=_maybe(rule.note),
    )


def _fee(rule: FeeRule) -> FeeOut:
    return FeeOut(
        key=rule.key,
        name=_name(rule.name),
        amount=rule.amount,
        per=_maybe(rule.per),
        note=_maybe(rule.note),
    )


def _steps(said: Declaration) -> list[StepOut]:
    return [
        StepOut(
            key=step.key,
            name=named(said.step_names.get(step.key), step.key),
            state=step.state,
            post=step.post,
            minutes=step.minutes,
        )
        for step in said.flow.steps
    ]
