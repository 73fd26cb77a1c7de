"""Giving dossiers and their events out: as CSV, XLSX, Parquet and XES, in constant memory."""
