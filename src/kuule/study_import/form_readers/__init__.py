"""Readers of questionnaires: one module for each format, each from bytes to an imported form."""
