"""Pictures and sounds of a study: which formats are allowed, what is in the files, and which one belongs to which
text."""
