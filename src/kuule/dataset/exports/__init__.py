"""Exports a dataset to the files that analysts work with. They are not for publication: whoever has an export can read
it."""
