"""Checks against leading respondents astray: links, contacts, and characters that hide them."""
