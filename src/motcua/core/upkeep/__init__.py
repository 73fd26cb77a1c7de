"""Vận hành: whether the house is well, and what whoever keeps it may put right."""
