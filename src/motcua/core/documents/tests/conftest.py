"""The made-up world of the dossiers, with names that can be read on paper."""

from __future__ import annotations

import pytest

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.tests.world import World, make_world
from motcua.core.people.models import Officer

_NAMES = {"counter": "Phạm Thị Ánh Tuyết", "specialist": "Đỗ Hữu Nghĩa", "leader": "Lưỡng Thị Ngữ"}


@pytest.fixture
def files(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path / "files"
    return settings.MOTCUA_FILES


@pytest.fixture
def world(db, files) -> World:
    made = make_world()
    Agency.objects.filter(code="H26").update(name_vi="Ủy ban nhân dân thành phố Hà Nội")
    Agency.objects.filter(code="H26.12").update(name_vi="Sở Thông tin và Truyền thông")
    for staff_number, name in _NAMES.items():
        Officer.objects.filter(staff_number=staff_number).update(name=name)
    forget_tree()
    return made
