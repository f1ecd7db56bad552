"""Checks of the wording: terms, numbers, scripts, length, and words left in the source language."""
