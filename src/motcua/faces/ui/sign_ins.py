"""Lines of the sign-in log in words that its owner understands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.core.accounts.models import SignIn

_WHAT = {
    SignIn.What.DONE: _("Đã đăng nhập"),
    SignIn.What.FAILED: _("Sai thông tin đăng nhập"),
    SignIn.What.LOCKED: _("Bị chặn vì sai nhiều lần"),
    SignIn.What.PROVED: _("Xác thực lại"),
    SignIn.What.ENDED: _("Kết thúc phiên"),
}
_BY = {
    "password": _("mật khẩu"),
    "code": _("mã xác thực"),
    "totp": _("ứng dụng tạo mã"),
    "recovery": _("mã dự phòng"),
    "passkey": _("khóa truy cập"),
    "passkey_copy": _("khóa truy cập có dấu hiệu bị sao chép"),
    "enrol": _("thiết lập tài khoản"),
    "phone": _("mã gửi tới điện thoại"),
    "self": _("chủ tài khoản"),
    "not_me": _("chủ tài khoản báo không phải mình"),
    "keeper": _("quản trị"),
}


def in_words(line: SignIn) -> str:
    """Tell what happened and by what: “Đã đăng nhập (ứng dụng tạo mã)”."""
    what = _WHAT[SignIn.What(line.what)]
    by = _BY.get(line.by)
    return f"{what} ({by})" if by else str(what)
