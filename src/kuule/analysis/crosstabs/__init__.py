"""Exact frequencies and cross-tables of a dataset, all of a report counted in one pass."""
