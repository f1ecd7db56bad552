"""Disclosure control: exact counts in, tables that anybody may see out. Only this package makes released tables."""
