"""Marks within a text: Markdown, live numbers of a report, and which language it is in where that is not the page's."""
