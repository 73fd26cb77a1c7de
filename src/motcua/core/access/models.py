"""Who may see a dossier, one row per dossier and scope; and who did see one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from motcua.core.ledger.models import SealColumns
from motcua.core.places import ReusedIdField


class ScopeRow(models.Model):
    """A right to read, written by the act that causes it.

    `scope` is the integer of `motcua.core.access.scopes`. `until_at` closes the right. `is_open`
    repeats the dossier's, and `due_at` too as long as its result is owed, so that a list is one
    index walk. The rows of a dossier lie together by their key, on SQLite in the key's own tree
    (`WITHOUT ROWID`): each index more is written anew for every right that a new date changes.
    """

    pk = models.CompositePrimaryKey("dossier_id", "scope")
    dossier_id = models.BigIntegerField()
    scope = models.BigIntegerField()
    reason = models.CharField(max_length=12)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                F("scope"),
                F("is_open").desc(),
                IsNull(F("due_at"), True),  # noqa: FBT003 - Django's own argument
                F("due_at"),
                F("dossier_id"),
                condition=Q(until_at=None),
                name="scope_listed",  # rows of a scope in the order of a list
            ),
        ]


class ScopeTotal(models.Model):
    """How many dossiers a whole agency reads: folded changes; see `motcua.core.access.totals`."""

    scope = models.BigIntegerField(primary_key=True)
    open = models.BigIntegerField(default=0)
    closed = models.BigIntegerField(default=0)


class ScopeChange(models.Model):
    """A dossier that came to a whole agency's rows (1) or left them (-1), not folded yet."""

    scope = models.BigIntegerField(db_index=True)
    is_open = models.BooleanField()
    change = models.SmallIntegerField()


class AccessSeal(SealColumns):
    """Niêm phong nhật ký truy cập: a signed root over a stretch of the access log."""

    class Meta:
        verbose_name = "niêm phong nhật ký truy cập"


class Read(models.Model):
    """Lượt xem: one read of personal data (see `motcua.core.access.log`).

    `dossier_id` names the one dossier that was read; a list names its dossiers in `dossiers`, with
    commas between and around them, and `count` says how many. `said` is JSON with what may hold
    personal words (query, purpose, address); `hash` covers it through a salted commitment, so it
    can be forgotten by itself. A row whose time is over keeps its id, hash and seal alone, and has
    no `kind`.
    """

    id = ReusedIdField()
    at = models.DateTimeField("lúc")
    kind = models.CharField("kiểu xem", max_length=10)
    actor = models.CharField("người xem", max_length=40)
    agency_id = models.BigIntegerField("cơ quan", null=True)
    post = models.CharField("vị trí", max_length=30)
    dossier_id = models.BigIntegerField("hồ sơ", null=True)
    what = models.CharField("xem gì", max_length=80)
    count = models.PositiveIntegerField("số hồ sơ")
    dossiers = models.TextField("các hồ sơ")
    said = models.TextField("lời kèm theo")
    salt = models.BinaryField("muối", max_length=16)
    committed = models.BinaryField("cam kết lời kèm theo", max_length=32)
    hash = models.BinaryField("mã băm", max_length=32)
    seal = models.ForeignKey(
        AccessSeal, models.PROTECT, null=True, db_index=False, related_name="reads"
    )
    leaf = models.IntegerField("vị trí trong niêm phong", null=True)

    class Meta:
        verbose_name = "lượt xem"
        constraints = [
            models.UniqueConstraint(
                fields=["seal", "leaf"],
                name="access_read_leaf",
                condition=Q(seal__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="access_read_unsealed", condition=Q(seal=None)),
            models.Index(
                fields=["dossier_id", "id"],
                name="access_read_of_dossier",
                condition=Q(dossier_id__isnull=False),
            ),
            models.Index(fields=["agency_id", "id"], name="access_read_of_agency"),
        ]


class Appearance(models.Model):
    """Lần hiện trong danh sách: how often one reader had one dossier in lists of one day.

    Follows from the sealed rows of the access log; `Folded` says how far.
    """

    dossier_id = models.BigIntegerField("hồ sơ")
    day = models.DateField("ngày")
    kind = models.CharField("kiểu xem", max_length=10)
    actor = models.CharField("người xem", max_length=40)
    agency_id = models.BigIntegerField("cơ quan", null=True)
    post = models.CharField("vị trí", max_length=30)
    times = models.PositiveIntegerField("số lần")
    last_at = models.DateTimeField("lần cuối")

    class Meta:
        verbose_name = "lần hiện trong danh sách"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_id", "day", "kind", "actor"], name="one_appearance_a_day"
            )
        ]
        indexes = [models.Index(fields=["day"], name="access_appearance_by_day")]


class Folded(models.Model):
    """The last seal of the access log whose lists stand in `Appearance`: one row."""

    seal = models.BigIntegerField()
