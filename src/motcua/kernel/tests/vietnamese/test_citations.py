"""A legal reference is written out, whatever short form a catalogue gave it."""

from __future__ import annotations

import pytest

from motcua.kernel.vietnamese import citation


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("NĐ 47/2011/NĐ-CP", "Nghị định số 47/2011/NĐ-CP"),
        ("23/2015/NĐ-CP", "Nghị định số 23/2015/NĐ-CP"),
        ("226/2016/TT-BTC", "Thông tư số 226/2016/TT-BTC"),
        ("Luật Bưu chính 49/2010/QH12", "Luật Bưu chính số 49/2010/QH12"),
        ("TT 04/2014/TT-BTTTT Điều 9", "Điều 9 Thông tư số 04/2014/TT-BTTTT"),
        ("Nghị định số 61/2018/NĐ-CP, Điều 17", "Điều 17 Nghị định số 61/2018/NĐ-CP"),
        ("49/2010/QH12", "49/2010/QH12"),
        ("Bộ luật Dân sự năm 2015", "Bộ luật Dân sự năm 2015"),
        ("", ""),
    ],
)
def test_a_reference_is_written_as_papers_do(given, written):
    assert citation(given) == written
    assert citation(written) == written
