"""A dataset in the files that analysts work with. Not for publication: whoever holds an export reads it."""
