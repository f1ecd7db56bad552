"""Questionnaires of other programs: read into one neutral shape and written as an XLSForm, with what was left out."""
