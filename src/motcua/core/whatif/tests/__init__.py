"""Tests of the replay of a past period."""
