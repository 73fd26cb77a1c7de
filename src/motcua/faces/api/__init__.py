"""API phiên bản 1: the same actions and queries as the pages, spoken in JSON (OpenAPI 3.1).

Nothing here is imported before the URLs are: a worker never loads the API's libraries.
"""

from __future__ import annotations
