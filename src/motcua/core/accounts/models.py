"""What an account signs in with, and what is known of those who tried.

No secret lies here that could be used as it is: tokens and codes as hashes, TOTP secrets under
AES-GCM with a key outside the database, passkeys as public keys.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.people.models import Account, Party


class Invitation(models.Model):
    """Lời mời: until when an account may set its own password and its first second factor."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True)
    until = models.DateTimeField("đến khi")


class Factor(models.Model):
    """Yếu tố xác thực: an authenticator (TOTP) or a passkey of an account.

    `secret` is the sealed TOTP secret, or the passkey's credential data (a public key). `counter`
    is the last TOTP step, or the passkey's last signature count: neither is taken twice.
    """

    class Kind(models.TextChoices):
        TOTP = "totp", "Ứng dụng tạo mã"
        PASSKEY = "passkey", "Khóa truy cập"

    account = models.ForeignKey(Account, models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField("tên gọi", max_length=60)
    secret = models.BinaryField("bí mật đã mã hóa hoặc khóa công khai")
    credential = models.BinaryField("mã khóa truy cập", max_length=1023, null=True)
    counter = models.BigIntegerField("bước dùng gần nhất", default=0)
    added_at = models.DateTimeField("thêm lúc")
    used_at = models.DateTimeField("dùng gần nhất", null=True)
    removed_at = models.DateTimeField("gỡ lúc", null=True)

    class Meta:
        verbose_name = "yếu tố xác thực"
        constraints = [
            models.UniqueConstraint(
                fields=["credential"], condition=~Q(credential=None), name="one_owner_per_passkey"
            )
        ]


class Challenge(models.Model):
    """Thách thức: random bytes for a passkey to sign, once, for one purpose, within minutes.

    Only their hash is here; `account` is empty where somebody signs in whom nobody knows yet.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "Đăng nhập"
        PROVE = "prove", "Xác thực lại"
        ENROL = "enrol", "Thêm khóa truy cập"

    token_hash = models.BinaryField("mã băm", max_length=32, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="challenges")
    until = models.DateTimeField("đến khi", db_index=True)


class RecoveryCode(models.Model):
    """Mã dự phòng: used once in place of a second factor that is not at hand."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    code_hash = models.BinaryField("mã băm", max_length=32)
    used_at = models.DateTimeField("dùng lúc", null=True)


class Session(models.Model):
    """Phiên: one browser in which an account has signed in, both factors proven.

    `proved_at` is when the second factor was last proven; `seen_at` is right to the minute.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="sessions")
    token_hash = models.BinaryField("mã băm", max_length=32, unique=True)
    began_at = models.DateTimeField("bắt đầu lúc")
    seen_at = models.DateTimeField("dùng gần nhất")
    proved_at = models.DateTimeField("xác thực gần nhất")
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    address = models.CharField("địa chỉ", max_length=45)
    agent = models.CharField("trình duyệt", max_length=200)

    class Meta:
        verbose_name = "phiên"
        indexes = [
            models.Index(
                fields=["account", "-seen_at"], condition=Q(ended_at=None), name="session_open"
            )
        ]


class ApiKey(models.Model):
    """Khóa truy cập chương trình: lets a program act as an account, within its scopes.

    `hint` is the beginning of the token, by which people tell keys apart; `used_at` is right to
    the minute.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="keys")
    name = models.CharField("tên gọi", max_length=60)
    hint = models.CharField("đầu khóa", max_length=12)
    token_hash = models.BinaryField("mã băm", max_length=32, unique=True)
    scopes = models.CharField("phạm vi", max_length=200)
    made_at = models.DateTimeField("tạo lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("dùng gần nhất", null=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)

    class Meta:
        verbose_name = "khóa chương trình"


class KeySecret(models.Model):
    """Bí mật ký yêu cầu: what a program signs its requests with, beside its key.

    `sealed` under AES-GCM: a signature is proven with the secret itself. `until` is empty for the
    latest one; the one before it ends.
    """

    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="secrets")
    sealed = models.BinaryField("bí mật đã mã hóa")
    made_at = models.DateTimeField("tạo lúc")
    until = models.DateTimeField("đến khi", null=True)

    class Meta:
        verbose_name = "bí mật ký yêu cầu"


class PhoneCode(models.Model):
    """Mã gửi tới điện thoại: one that was sent, good in the browser that asked for it.

    Neither the telephone nor the code can be read here: `code_hash` is a keyed hash over the
    browser's token, the number and the code.
    """

    token_hash = models.BinaryField("mã băm của trình duyệt", max_length=32, unique=True)
    code_hash = models.BinaryField("mã băm", max_length=32)
    until = models.DateTimeField("đến khi", db_index=True)
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    used_at = models.DateTimeField("dùng lúc", null=True)


class Identity(models.Model):
    """Danh tính: how a citizen's account proves whose it is, and how much that assures.

    A telephone assures little (`low`): whoever holds it today. Other schemes add rows of their
    own. The ledger holds a commitment to the subject under `salt`.
    """

    class Assurance(models.TextChoices):
        LOW = "low", "Mức thấp"
        SUBSTANTIAL = "substantial", "Mức đáng kể"
        HIGH = "high", "Mức cao"

    account = models.ForeignKey(Account, models.PROTECT, related_name="identities")
    scheme = models.CharField("cách xác nhận", max_length=20)
    subject = models.CharField("danh tính", max_length=80)
    assurance = models.CharField("mức bảo đảm", max_length=12, choices=Assurance.choices)
    salt = models.BinaryField(max_length=16)
    since = models.DateTimeField("từ lúc")

    class Meta:
        verbose_name = "danh tính"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "subject"], name="one_account_per_subject")
        ]


class Binding(models.Model):
    """Gắn hồ sơ: an account may read and act as a party, because it filed or knew the number."""

    class Reason(models.TextChoices):
        FILED = "filed", "Nộp khi đang đăng nhập"
        NUMBER = "number", "Nhập số tra cứu"

    account = models.ForeignKey(Account, models.PROTECT, related_name="bindings")
    party = models.ForeignKey(Party, models.PROTECT, related_name="bindings")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    bound_at = models.DateTimeField("gắn lúc")

    class Meta:
        verbose_name = "hồ sơ gắn với tài khoản"
        constraints = [models.UniqueConstraint(fields=["account", "party"], name="bound_once")]


class SignIn(models.Model):
    """Nhật ký đăng nhập: one line per sign-in, failure, lock and end."""

    class What(models.TextChoices):
        DONE = "done", "Đã đăng nhập"
        FAILED = "failed", "Sai thông tin"
        LOCKED = "locked", "Đang bị tạm khóa"
        PROVED = "proved", "Xác thực lại"
        ENDED = "ended", "Đã kết thúc"

    at = models.DateTimeField("lúc")
    what = models.CharField(max_length=8, choices=What.choices)
    by = models.CharField("bằng", max_length=12)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="sign_ins")
    address = models.CharField("địa chỉ", max_length=45)
    agent = models.CharField("trình duyệt", max_length=200, default="")

    class Meta:
        verbose_name = "dòng nhật ký đăng nhập"
        indexes = [models.Index(fields=["account", "-id"], name="sign_in_account")]
