"""Checks of what is said: terms, numbers, scripts, length, and words left in the source language."""
