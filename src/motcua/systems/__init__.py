"""One folder per row of the mission; deleting the folder deletes the system."""

from __future__ import annotations
