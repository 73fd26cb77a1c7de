"""Settings of the test suite: the same house with cheap passwords and throw-away folders."""

from __future__ import annotations

import os
import tempfile

_HOME = tempfile.mkdtemp(prefix="motcua-test-")
os.environ["MOTCUA_HOME"] = _HOME
os.environ.setdefault("MOTCUA_DATABASE", f"{_HOME}/test.sqlite3")
os.environ["MOTCUA_SAMPLE"] = "1"

from motcua.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
