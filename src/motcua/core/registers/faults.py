"""What can be wrong with the declaration of a register, beside what any file may have wrong."""

from __future__ import annotations

from motcua.kernel.errors import Refused
from motcua.kernel.flow.faults import _Faulty


class UnreadableRegister(_Faulty):
    """The file declares no register; all that is wrong is listed with its place."""

    code = "registers.unreadable"
    vi = "Tệp khai báo sổ đăng ký có {count} chỗ phải sửa."
    en = "The register's file has {count} faults."


class NameReserved(Refused):
    """A part bears a name that files and conditions use themselves."""

    code = "registers.name_reserved"
    vi = "“{key}” là tên dành riêng hoặc đã dùng; hãy đặt mã khác."
    en = "“{key}” is reserved or used already; choose another key."


class NoSuchPart(Refused):
    """A list names a field that is not declared."""

    code = "registers.no_such_part"
    vi = "Sổ không khai báo mục “{key}”."
    en = "The register declares no “{key}”."


class NotAKey(Refused):
    """What names a record is required, and anybody may read it."""

    code = "registers.not_a_key"
    vi = (
        "Khóa của bản ghi cần ít nhất một mục; mỗi mục bắt buộc điền và không phải dữ liệu cá nhân."
    )
    en = "A record is named by at least one part, each required and none of them personal."


class IndexRefused(Refused):
    """Too many indexed fields, or one with a secret value."""

    code = "registers.index_refused"
    vi = "Tối đa {limit} mục được lập chỉ mục, không có số định danh cá nhân trong đó."
    en = "At most {limit} fields are indexed, none of them a personal number."


class NoSuchRegister(Refused):
    """A reference leads to a register that no system declares."""

    code = "registers.no_such_register"
    vi = "Không có sổ đăng ký “{register}”."
    en = "There is no register “{register}”."
    status = 404


class RegisterTwice(Refused):
    """Two systems declare registers of one key."""

    code = "registers.twice"
    vi = "Hai hệ thống cùng khai báo sổ đăng ký “{register}”."
    en = "Two systems declare a register “{register}”."


class NoThreshold(Refused):
    """Of how many faulty records in a hundred a dossier comes is not said."""

    code = "registers.no_threshold"
    vi = "Ngưỡng mở hồ sơ sửa dữ liệu là từ 1 đến 99 phần trăm bản ghi."
    en = "A dossier for mending is opened above 1 to 99 per cent of faulty records."


class NoCycle(Refused):
    """Nothing would ever be out of date."""

    code = "registers.no_cycle"
    vi = "Chu kỳ cập nhật phải từ 1 ngày trở lên."
    en = "The update cycle is at least 1 day."
