"""A report's text before any number is known: read from report.md, in translation, or made where there is none."""
