"""Filling an empty database to measure: rows cast in moulds that the real acts made.

`stories` say what happened to each dossier, `playing` carries a story out through the real acts,
`moulds` learn from the rows that the acts wrote which cell holds what, and prove it on a second
story; `pouring` casts a million more. So no row is described twice: what an act writes tomorrow, a
mould of tomorrow holds, or its proof fails and nothing is seeded.
"""

from __future__ import annotations
