"""Disclosure control: exact counts in, what anyone may see out. Nothing else makes a released table."""
