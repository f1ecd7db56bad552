"""The end of a study: which steps it has, how files are overwritten, what was done as records, and the certificate of
destruction that people sign."""
