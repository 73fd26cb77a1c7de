"""Tests of one act on many dossiers."""
