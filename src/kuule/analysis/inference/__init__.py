"""Intervals and tests: what chance alone would do, as if people had been drawn at random. Never published.

Respondents chose themselves, so nothing here says how far a figure is from any population (decision 0000, section 14).
Import contracts make sure that neither the packages that publish nor the counting for publication use this one.
"""
