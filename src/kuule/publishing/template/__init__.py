"""The text of a report before any number is known: read from report.md, translated, or made if the study has none."""
