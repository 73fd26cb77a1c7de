"""What the API itself refuses, before any act is asked: shape, size, spelling, sign-in."""

from __future__ import annotations

from motcua.kernel.errors import Refused


class NoSuchAddress(Refused):
    """No operation lives at this address."""

    code = "api.no_such_address"
    vi = "API không có địa chỉ này; xem /api/v1/openapi.json."
    en = "The API has nothing at this address; see /api/v1/openapi.json."
    status = 404


class MethodNotAllowed(Refused):
    """The address takes other methods."""

    code = "api.method_not_allowed"
    vi = "Địa chỉ này không nhận phương thức {method}; hãy dùng {allowed}."
    en = "This address does not take {method}; use {allowed}."
    status = 405


class NotJson(Refused):
    """The body is not JSON."""

    code = "api.not_json"
    vi = "Nội dung gửi lên không phải JSON hợp lệ (dòng {line}, cột {column})."
    en = "The body is not valid JSON (line {line}, column {column})."
    status = 400


class NotUtf8(Refused):
    """The body is not UTF-8."""

    code = "api.not_utf8"
    vi = "Nội dung gửi lên phải mã hóa bằng UTF-8."
    en = "The body must be encoded in UTF-8."
    status = 400


class MediaTypeWrong(Refused):
    """The body is of a kind that this operation does not read."""

    code = "api.media_type"
    vi = "Không nhận nội dung kiểu “{given}”; hãy gửi {wanted}."
    en = "A body of type “{given}” is not taken here; send {wanted}."
    status = 415


class BodyTooLarge(Refused):
    """More bytes than the operation takes."""

    code = "api.body_too_large"
    vi = "Nội dung gửi lên quá lớn, tối đa {limit} byte."
    en = "The body is too large; at most {limit} bytes are taken."
    status = 413


class BodyMissing(Refused):
    """The operation needs a body."""

    code = "api.body_missing"
    vi = "Thiếu nội dung JSON của yêu cầu."
    en = "The request needs a JSON body."
    status = 400


class RequestBroken(Refused):
    """The request cannot be read at all."""

    code = "api.request_broken"
    vi = "Không đọc được yêu cầu; hãy kiểm tra phần đầu và nội dung rồi gửi lại."
    en = "The request cannot be read; check its headers and body and send it again."
    status = 400


class DepthTooGreat(Refused):
    """Values nested deeper than anything the API asks for."""

    code = "api.depth"
    vi = "Dữ liệu lồng nhau quá {limit} lớp."
    en = "The data is nested deeper than {limit} levels."
    status = 400


class KeyTwice(Refused):
    """One object names a member twice."""

    code = "api.key_twice"
    vi = "Một đối tượng JSON có hai mục cùng tên “{member}”."
    en = "A JSON object has the member “{member}” twice."
    status = 400


class NumberRefused(Refused):
    """NaN, infinity, or a number with more digits than anything here has."""

    code = "api.number"
    vi = "Số {number} không nhận được: chỉ nhận số nguyên tối đa {digits} chữ số."
    en = "The number {number} is not taken: whole numbers of at most {digits} digits only."
    status = 400


class CharacterRefused(Refused):
    """NUL or half of a surrogate pair."""

    code = "api.character"
    vi = "Nội dung có ký tự NUL hoặc ký tự hỏng."
    en = "The text has a NUL or a broken character."
    status = 400


class KeyMissing(Refused):
    """A writing request without an idempotency key."""

    code = "api.idempotency_key_missing"
    vi = "Yêu cầu ghi phải có phần đầu Idempotency-Key (1–80 ký tự ASCII, nên dùng UUID)."
    en = "A writing request needs the header Idempotency-Key (1–80 ASCII characters, best a UUID)."
    status = 400


class KeyMalformed(Refused):
    """The idempotency key is empty, too long or has other characters."""

    code = "api.idempotency_key"
    vi = "Idempotency-Key phải gồm từ 1 đến 80 ký tự ASCII in được, không có dấu cách."
    en = "An Idempotency-Key has 1 to 80 printable ASCII characters and no spaces."
    status = 400


class SignInNeeded(Refused):
    """The operation is for those who have signed in."""

    code = "api.sign_in"
    vi = "Cần đăng nhập: gửi khóa chương trình (Authorization: Bearer) hoặc dùng phiên làm việc."
    en = "Sign in first: send a key (Authorization: Bearer), or use a session."
    status = 401


class KeyWrong(Refused):
    """The header holds no key, or one that is unknown, ended or revoked."""

    code = "api.key_wrong"
    vi = "Khóa chương trình không đúng, đã hết hạn hoặc đã bị thu hồi."
    en = "The key is wrong, has ended, or was revoked."
    status = 401


class ScopeMissing(Refused):
    """The key was not made for this operation."""

    code = "api.scope_missing"
    vi = "Khóa này không có phạm vi “{scope}” mà thao tác cần."
    en = "This key lacks the scope “{scope}” that the operation needs."
    status = 403


class CsrfMissing(Refused):
    """A session writes without its token."""

    code = "api.csrf"
    vi = "Yêu cầu dùng phiên làm việc phải gửi kèm mã ở phần đầu X-CSRFToken."
    en = "A request on a session must carry its token in the header X-CSRFToken."
    status = 403


class RevisionMalformed(Refused):
    """`If-Match` holds no revision."""

    code = "api.revision"
    vi = 'If-Match phải là ETag của hồ sơ, ví dụ "3".'
    en = 'If-Match is the dossier\'s ETag, such as "3".'
    status = 400


class RevisionTwice(Refused):
    """`If-Match` and the body say different revisions."""

    code = "api.revision_twice"
    vi = "If-Match và “revision” nói về hai lần sửa khác nhau; hãy gửi một trong hai."
    en = "If-Match and “revision” tell different revisions; send one of them."


class CounterOnly(Refused):
    """Only officers receive a dossier in the act of filing."""

    code = "api.counter_only"
    vi = "Chỉ nhận ngay (take_in) với hồ sơ cán bộ nhận (channel “counter” hoặc “office”)."
    en = "Only what officers take in (channel “counter” or “office”) is taken in at once (take_in)."


class FileIdWrong(Refused):
    """The file id was not given to this caller, or is older than thirty days."""

    code = "api.file_id"
    vi = "Mã tệp không đúng, không phải của bạn hoặc đã quá một ngày mà chưa nộp; hãy gửi lại tệp."
    en = "The file id is wrong, not yours, or unused for over a day; upload the file again."


class FileMissing(Refused):
    """The form has no file called `file`."""

    code = "api.file_missing"
    vi = "Biểu mẫu phải có đúng một tệp tên “file”."
    en = "The form must hold exactly one file named “file”."


class Unexpected(Refused):
    """A fault of ours; it was written to the log. The request key makes sending again safe."""

    code = "api.unexpected"
    vi = "Lỗi của hệ thống, đã được ghi lại; gửi lại đúng yêu cầu này với cùng khóa là an toàn."
    en = "A fault on our side, recorded; sending this very request under the same key is safe."
    status = 500
