"""Answers between what a person types and what is stored: one module a value type, each with `stored` and `decode`."""
