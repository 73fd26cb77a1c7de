"""What the desk reads; every function demands the actor and passes the row filter."""

from __future__ import annotations
