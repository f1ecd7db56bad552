"""Markup within a text: Markdown, the live numbers of a report, and the language of a text that is not in the language
of its page."""
