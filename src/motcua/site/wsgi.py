"""The web door for a WSGI server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from motcua.site.tuning import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
application = get_wsgi_application()
settle()
