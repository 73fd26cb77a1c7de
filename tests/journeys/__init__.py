"""What the mission asks of the city, gone through from one end to the other in one process."""

from __future__ import annotations
