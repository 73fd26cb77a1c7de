"""Sổ cái: what happened, chained per dossier, sealed into Merkle trees and witnessed outside."""

from __future__ import annotations
