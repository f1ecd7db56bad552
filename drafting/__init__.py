"""Drafts of translations by a machine, for whoever looks after the project: `python -m drafting`."""
