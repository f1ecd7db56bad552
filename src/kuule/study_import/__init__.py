"""Questionnaires of other programs, read into one neutral shape and written as an XLSForm, with a list of what was not taken."""
