"""Redaction in two passes by two people: what each marked, and the text that follows from both."""
