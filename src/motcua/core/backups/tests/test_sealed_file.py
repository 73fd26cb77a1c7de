"""What stands under a passphrase opens whole under it, and not otherwise."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.backups import sealed_file
from motcua.core.backups.sealed_file import (
    CHUNK,
    Lock,
    PassphraseTooShort,
    PassphraseUnreadable,
    SealedFileBroken,
    passphrase,
)

LOCK = Lock.of("một mật khẩu dài", b"s" * 16)


def shut(tmp_path, data, name="database"):
    path = tmp_path / "shut"
    path.write_bytes(b"".join(LOCK.shut(name, data)))
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_what_was_shut_opens_again(tmp_path, size):
    data = bytes(range(256)) * (size // 256 + 1)
    path = shut(tmp_path, [data[:size]])
    assert b"".join(LOCK.open("database", path)) == data[:size]
    assert data[:64] not in path.read_bytes() or size < 64


def test_the_pieces_it_comes_in_do_not_matter(tmp_path):
    whole = b"x" * (CHUNK + 100)
    pieces = [whole[at : at + 70_001] for at in range(0, len(whole), 70_001)]
    assert b"".join(LOCK.open("database", shut(tmp_path, pieces))) == whole


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_flipped_bit_is_found(tmp_path, place, bit):
    path = shut(tmp_path, [b"Nguyen Van A" * 10])
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 1 << bit
    path.write_bytes(bytes(data))
    with pytest.raises(SealedFileBroken):
        b"".join(LOCK.open("database", path))


@pytest.mark.parametrize("kept", [0, 20, 37, 60, CHUNK + 37 + 16, -1])
def test_a_file_that_was_cut_off_is_found(tmp_path, kept):
    path = shut(tmp_path, [b"y" * (2 * CHUNK)])
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SealedFileBroken):
        b"".join(LOCK.open("database", path))


def test_a_file_under_anothers_name_is_found(tmp_path):
    with pytest.raises(SealedFileBroken):
        b"".join(LOCK.open("witness", shut(tmp_path, [b"z"])))


def test_another_passphrase_opens_nothing(tmp_path):
    other = Lock.of("một mật khẩu khác", LOCK.salt)
    assert other.check() != LOCK.check()
    with pytest.raises(SealedFileBroken):
        b"".join(other.open("database", shut(tmp_path, [b"z"])))


def test_two_shut_files_share_nothing(tmp_path):
    first, second = (b"".join(LOCK.shut("database", [b"same"])) for _ in range(2))
    assert first != second


def test_the_passphrase_is_the_first_line_of_its_file(tmp_path):
    file = tmp_path / "words"
    file.write_text("một mật khẩu dài\nghi chú\n", encoding="utf-8")
    assert passphrase(file) == "một mật khẩu dài"


@pytest.mark.parametrize("text", ["", "ngắn\n"])
def test_a_short_passphrase_is_refused(tmp_path, text):
    file = tmp_path / "words"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PassphraseTooShort):
        passphrase(file)
    with pytest.raises(PassphraseUnreadable):
        passphrase(tmp_path / "nowhere")
    assert sealed_file._SHORTEST == 12
