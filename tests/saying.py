"""How a process that is to be killed tells its progress: a line a step, and no step to its end.

Where a machine is busy, the blow may be long on its way; so the process holds still a little after
the line that was waited for (`apart.Child.is_killed`).
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count

HELD_AFTER = "MOTCUA_TEST_HELD_AFTER"
_LONG_S = 600

_said = count(1)


def say(line: str) -> None:
    """Write a line at once; whoever says the last one that is allowed waits for the end."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    if HELD_AFTER in os.environ and next(_said) >= int(os.environ[HELD_AFTER]):
        time.sleep(_LONG_S)
