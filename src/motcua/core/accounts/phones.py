"""Codes sent to a telephone: asked for, and given back in the browser that asked.

Nobody learns here whether a telephone is known: an account is made with its first sign-in, so
every number gets a code, the same answer and the same waits. A code is for one purpose and serves
no other; codes sent and wrong tries are counted for each purpose apart, so that whoever plays with
a form that asks for a code keeps nobody from signing in.
"""

from __future__ import annotations

import datetime
import hmac
import secrets
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import F

from motcua.core.accounts.models import PhoneCode, SignIn
from motcua.core.accounts.rules import DIGITS
from motcua.core.accounts.sessions import note
from motcua.core.accounts.tokens import new_token, token_hash
from motcua.core.exchange.outbox import put
from motcua.core.exchange.sealed import seal
from motcua.core.limits.guesses import TooManyTries, guess
from motcua.core.limits.rules import Rate
from motcua.core.limits.usage import Claim, spend
from motcua.core.people.models import Account
from motcua.core.secrets import key
from motcua.core.sql import act
from motcua.kernel.codes import Phone
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

LASTS = datetime.timedelta(minutes=5)
MOST_TRIES = 5
AGAIN = Rate("phone-code.again", 1, 30)
PER_PHONE = Rate("phone-code.phone", 5, 3600)
PER_ADDRESS = Rate("phone-code.from", 60, 3600)
"""Operators let thousands of telephones share one address."""
_READ = 40
_TOPIC = "sign_in_code"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a code is for: its name among the limits, and its message to the telephone.

    `text` has the {code} and for how many {minutes} it holds. Wrong codes are lines of the log of
    sign-ins only where the code signs in.
    """

    name: str
    subject: str
    text: str
    signs_in: bool = False

    def of(self, rate: Rate) -> Rate:
        """Give a limit as it holds for this purpose alone."""
        return replace(rate, name=f"{rate.name}.{self.name}")


SIGN_IN = Purpose(
    "sign-in",
    "Mã đăng nhập / Sign-in code",
    "{code} là mã đăng nhập Một cửa, dùng một lần trong {minutes} phút. Không đưa mã cho ai, kể cả"
    " người xưng là cán bộ.\n{code} is your Motcua sign-in code. Give it to nobody.",
    signs_in=True,
)


class NoGateway(Refused):
    """No messages go to telephones from this instance."""

    code = "accounts.no_gateway"
    vi = "Nơi này chưa gửi được tin nhắn. Hãy theo dõi hồ sơ bằng số tra cứu và số điện thoại."
    en = "No messages are sent from here yet. Follow an application by its number and your phone."
    status = 503


class NotMobile(Refused):
    """A code is sent to mobile telephones only."""

    code = "accounts.not_mobile"
    vi = "Hãy nhập số điện thoại di động để nhận mã bằng tin nhắn."
    en = "Enter a mobile number: the code comes as a message."


class TooManyCodes(Refused):
    """A telephone, or an address, asked for too many codes."""

    code = "accounts.too_many_codes"
    vi = "Đã gửi mã. Muốn nhận mã khác, hãy đợi {seconds} giây."
    en = "A code was sent. For another one wait {seconds} seconds."
    status = 429
    retry = True


class PhoneCodeWrong(Refused):
    """The code is wrong, too old, was used, or was asked for in another browser."""

    code = "accounts.phone_code_wrong"
    vi = (
        "Mã chưa đúng, đã quá 5 phút hoặc đã dùng rồi. Xem lại tin nhắn mới nhất, hoặc xin mã khác."
    )
    en = "The code is wrong, older than 5 minutes, or was used. Look again, or ask for another."


def sends_codes() -> bool:
    """Tell whether this instance has a way to telephones."""
    return bool(settings.MOTCUA_PHONE_GATEWAY)


def mobile(text: str) -> str:
    """Give the one spelling of a mobile number (E.164); raises `PhoneInvalid`, `NotMobile`."""
    phone = Phone.parse(clean(text, limit=_READ))
    if phone.kind != "mobile":
        raise NotMobile
    return phone.number


def send_code(*, phone: str, sender: str, at: datetime.datetime, purpose: Purpose = SIGN_IN) -> str:
    """Send a code to a telephone (`mobile`); give the token of the browser that asked.

    Unless another purpose is said, it signs in. Raises `NoGateway` and `TooManyCodes`.
    """
    if not sends_codes():
        raise NoGateway
    claims = [Claim(purpose.of(rate), phone) for rate in (AGAIN, PER_PHONE)]
    spend(*claims, Claim(purpose.of(PER_ADDRESS), sender), at=at, refusal=TooManyCodes)
    token, code = new_token(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    said = purpose.text.format(code=code, minutes=LASTS.seconds // 60)
    with act() as tx:
        PhoneCode.objects.filter(until__lte=at).delete()
        PhoneCode.objects.create(
            token_hash=token_hash(token),
            code_hash=_hash(purpose, token, phone, code),
            until=at + LASTS,
        )
        put(
            tx,
            receiver=f"phone:{phone.removeprefix('+')}",
            channel="notice",
            topic=_TOPIC,
            payload={"subject": purpose.subject, "sealed": seal(said)},
            dossier=None,
            at=at,
        )
    return token


def prove_phone(
    *,
    phone: str,
    token: str,
    code: str,
    sender: str,
    at: datetime.datetime,
    agent: str = "",
    purpose: Purpose = SIGN_IN,
) -> None:
    """Take the code that was sent to a telephone: once, in the browser that asked, of five tries.

    It was sent for this purpose. Raises `PhoneCodeWrong` and `TooManyTries`.
    """
    try:
        with guess(f"phone-code.{purpose.name}", phone, sender, at=at):
            _use(purpose, phone, token, "".join(code.split()), at)
    except Refused as refusal:
        if purpose.signs_in:
            _note_wrong(refusal, phone, sender, at, agent)
        raise


def _note_wrong(
    refusal: Refused, phone: str, sender: str, at: datetime.datetime, agent: str
) -> None:
    what = SignIn.What.LOCKED if isinstance(refusal, TooManyTries) else SignIn.What.FAILED
    known = Account.objects.filter(username=phone).values_list("pk", flat=True).first()
    note(what, at=at, by="phone", account_id=known, address=sender, agent=agent)


def _use(purpose: Purpose, phone: str, token: str, code: str, at: datetime.datetime) -> None:
    rows = PhoneCode.objects.filter(token_hash=token_hash(token), used_at=None, until__gt=at)
    # A try counts before it is looked at: however many come at once, five are.
    if not rows.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise PhoneCodeWrong
    held = rows.values_list("code_hash", flat=True).first()
    asked = _hash(purpose, token, phone, code)
    fits = held is not None and hmac.compare_digest(bytes(held), asked)
    if not fits or not rows.update(used_at=at):
        raise PhoneCodeWrong


def _hash(purpose: Purpose, token: str, phone: str, code: str) -> bytes:
    """Give what is kept of a code: without the key a million codes would soon be tried."""
    told = f"{purpose.name}\0{token}\0{phone}\0{code}".encode("utf-8", "replace")
    return hmac.digest(key("codes"), told, "sha256")
