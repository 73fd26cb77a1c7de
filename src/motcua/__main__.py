"""`python -m motcua` is the `motcua` command."""

from __future__ import annotations

import sys

from motcua.site.cli import main

sys.exit(main())
