"""Questionnaires of other programs: read into one neutral shape, written as an XLSForm, and what was left out listed."""
