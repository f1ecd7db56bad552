"""Exact frequencies and cross-tables of a dataset. All tables of a report are counted in one pass."""
