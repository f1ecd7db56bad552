"""Quotes: proposed by one, released by another after a check of who could be recognised, and withdrawn until the
lock."""
