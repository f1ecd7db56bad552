"""Drafts of translations by a machine, for the maintainers of the project: `python -m drafting`."""
