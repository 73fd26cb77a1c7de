"""Tests of how a desk is set up."""
