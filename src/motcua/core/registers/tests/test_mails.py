"""E-mails as files: one or many, in any dress, never a crash."""

from __future__ import annotations

import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.registers.mails import mails_in

DAY = datetime.date(2026, 11, 20)


def mail(text: str = "Chào quý cơ quan", *, html: str = "", name: str = "1@mau.vn") -> EmailMessage:
    told = EmailMessage()
    told["From"] = "Nguyễn Văn Mẫu <mau@example.vn>"
    told["Subject"] = "Phản ánh tin rác"
    told["Date"] = "Fri, 20 Nov 2026 23:30:00 +0700"
    told["Message-ID"] = f"<{name}>"
    if html:
        told.set_content(html, subtype="html")
    else:
        told.set_content(text)
    return told


def test_a_mail_is_read_whatever_its_encoding():
    (found,) = mails_in(mail("Tôi nhận được tin rác của số lạ.").as_bytes())
    assert found.sender == "Nguyễn Văn Mẫu <mau@example.vn>"
    assert (found.subject, found.sent_on) == ("Phản ánh tin rác", DAY)
    assert found.text == "Tôi nhận được tin rác của số lạ."
    assert found.whole.startswith(found.sender)


def test_words_of_a_page_are_read_and_its_scripts_are_not():
    page = "<html><style>p{}</style><p>Số 0912 gọi</p><script>x()</script><p>rác</p></html>"
    (found,) = mails_in(mail(html=page).as_bytes())
    assert found.text.split() == ["Số", "0912", "gọi", "rác"]


def test_a_box_has_many_and_each_keeps_its_reference():
    parts = [mail("Một", name="1@mau.vn"), mail("A\n>From here", name="2@mau.vn")]
    box = b"".join(b"From mau Fri Nov 20 2026\n" + one.as_bytes() + b"\n\n" for one in parts)
    found = mails_in(box)
    assert [one.text for one in found] == ["Một", "A\nFrom here"]
    alone = [mails_in(one.as_bytes())[0].reference for one in parts]
    assert [one.reference for one in found] == alone
    assert len({one.reference for one in found}) == 2


@pytest.mark.parametrize(
    "body", [b"", b"code,channel\n1,web\n", b"Code: 1\n\nno mail", b"\x00\xff", b"From \n\n"]
)
def test_other_files_are_none(body):
    assert mails_in(body) == []


def test_a_charset_that_nobody_knows_is_read_as_it_can():
    body = mail("plain").as_bytes().replace(b"utf-8", b"x-none")
    assert mails_in(body)[0].text == "plain"


@given(st.binary(max_size=300))
def test_whatever_follows_a_header_breaks_nothing(rest):
    for begin in (b"From: a@b.vn\nDate: x\n", b"From x\nFrom: a@b.vn\nDate: 1\nContent-Type: "):
        mails_in(begin + rest)
