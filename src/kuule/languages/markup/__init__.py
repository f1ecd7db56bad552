"""Marks within a text: Markdown, live numbers of a report, and the language of a text that is not in the language of
the page."""
