"""Drafts: what a browser or a citizen's account has filled in so far, sealed, until a day.

Nobody but whoever wrote it reads a draft: no page, no search and no list of the desk leads here.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.files.models import StoredFile
from motcua.core.people.models import Account


class Draft(models.Model):
    """Bản nháp: the answers of one form, of one browser or one account.

    `holder_hash` is the hash of the secret that the browser carries, empty once an account holds
    the draft. `procedure` is the code of the form, or the name of a form of the desk, whose drafts
    are kept whole (`typed`). `sealed` are the answers, encrypted. A draft that was filed keeps for
    a day which dossier it became, and nothing else, so that the same submit twice leads to one
    confirmation.
    """

    holder_hash = models.BinaryField(max_length=32, default=b"")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="drafts")
    procedure = models.CharField(max_length=120)
    key = models.CharField(max_length=40)
    sealed = models.BinaryField(default=b"")
    saved_at = models.DateTimeField(db_index=True)
    dossier_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "bản nháp"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "procedure"],
                condition=Q(dossier_id=None) & ~Q(account=None),
                name="one_draft_per_account",
            ),
            models.UniqueConstraint(
                fields=["holder_hash", "procedure"],
                condition=Q(dossier_id=None, account=None),
                name="one_draft_per_browser",
            ),
        ]


class DraftFile(models.Model):
    """Tệp của bản nháp: one chosen file, for one paper of the form."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="files")
    component = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "tệp của bản nháp"
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "component", "file"], name="a_file_once_per_paper"
            )
        ]
