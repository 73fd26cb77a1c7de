"""The step engine held against a slow second telling of its contract."""
