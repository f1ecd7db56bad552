"""Checks of what has to be the same in every language: placeholders, live numbers, Markdown, line breaks, spaces
at the edges."""
