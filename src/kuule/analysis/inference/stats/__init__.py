"""Estimates, intervals and tests from counts alone, each as its published source defines it."""
