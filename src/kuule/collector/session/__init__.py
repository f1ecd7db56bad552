"""One person's visit, without HTTP: posted fields and the time go in, an outcome comes out. Nothing is kept
between steps."""
