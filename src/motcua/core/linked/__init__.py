"""Liên thông: the parts that a dossier opens at other agencies, and what becomes of them."""
