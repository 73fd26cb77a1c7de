"""Accounts that sign in, officers who answer, and parties who ask."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Officer(models.Model):
    """Cán bộ: a person in the service of an agency (the post comes from an appointment)."""

    name = models.CharField(max_length=100)
    staff_number = models.CharField(max_length=20, unique=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    left_on = models.DateField(null=True, help_text="the first day on which they serve no more")
    sample = models.BooleanField(default=False)


class Party(models.Model):
    """Người nộp: a person or an enterprise; one row per distinct identity as it was stated.

    `number_cipher` is the personal number under AES-GCM, `number_hash` its keyed hash, so that a
    number can be found but not read from the table (HANDBOOK §5.4).
    """

    class Kind(models.TextChoices):
        PERSON = "person", "Công dân"
        ENTERPRISE = "enterprise", "Doanh nghiệp, tổ chức"

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=200)
    number_cipher = models.BinaryField(default=b"")
    number_hash = models.BinaryField(max_length=32, default=b"", db_index=True)
    tax_code = models.CharField(max_length=14, blank=True, db_index=True)
    phone = models.CharField(max_length=16, blank=True, db_index=True)
    phone_as_given = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    sample = models.BooleanField(default=False)


class Interest(models.Model):
    """Quyền lợi liên quan: a person or firm in whose dossiers an officer must have no hand.

    `SELF` is the officer's own personal number, kept as a party's is; the others are declared:
    who is close to them, and the firms they lead or own. A dossier is theirs where its applicant
    has the same number or tax code. The ledger holds a commitment under `salt`.
    """

    class Kind(models.TextChoices):
        SELF = "self", "Bản thân"
        RELATIVE = "relative", "Người thân"
        FIRM = "firm", "Doanh nghiệp, tổ chức có quyền lợi"

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number_cipher = models.BinaryField(default=b"")
    number_hash = models.BinaryField(max_length=32, default=b"")
    tax_code = models.CharField(max_length=14, blank=True)
    salt = models.BinaryField(max_length=16)
    ended = models.BooleanField(default=False)


class Recusal(models.Model):
    """Tránh giải quyết: an officer with no hand in the dossiers of a party, whoever that is.

    A complaint about the handling of a dossier has a party row of its own, from which everybody
    who handled that dossier is kept.
    """

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="recusals", db_index=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="recusals")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "party"], name="one_recusal_per_party")
        ]


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name, letter case aside."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Give the account with this sign-in name."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """Tài khoản: how an officer or a citizen signs in."""

    username = models.CharField(max_length=64, unique=True)
    officer = models.OneToOneField(Officer, models.PROTECT, null=True, related_name="account")
    party = models.OneToOneField(Party, models.PROTECT, null=True, related_name="account")
    is_active = models.BooleanField(default=True)
    sample = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects: ClassVar[AccountManager] = AccountManager()
