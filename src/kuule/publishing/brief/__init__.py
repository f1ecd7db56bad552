"""A policy brief: what survivors say beside what the law says, on two pages, with no number that nobody counted."""
