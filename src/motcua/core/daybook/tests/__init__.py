"""The book of dossiers: its numbers, its lines, and who reads them."""
