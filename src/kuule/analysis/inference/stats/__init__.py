"""Estimates, intervals and tests from counts alone, each after its published source."""
