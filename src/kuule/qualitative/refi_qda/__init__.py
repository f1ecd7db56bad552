"""REFI-QDA in and out: projects (.qdpx) and codebooks (.qdc), with redacted texts alone."""
