"""Units from the command line where no province is loaded."""

from __future__ import annotations

import pytest

from motcua.core.areas.models import Area
from motcua.site.cli.main import main


@pytest.fixture(autouse=True)
def _nothing_at_the_start(settings):
    settings.MOTCUA_AREAS = []


def test_a_dry_run_writes_nothing(instance, capsys):
    assert main(["areas", "import", "hanoi", "--dry-run"]) == 0
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["agencies", "count", "--as-of", "2017-12-31"], "areas.not_loaded"),
        (["areas", "import", "atlantis"], "areas.no_such_folder"),
    ],
)
def test_what_is_not_there_is_told(instance, capsys, line, code):
    assert main(line) == 1
    assert code in capsys.readouterr().err
