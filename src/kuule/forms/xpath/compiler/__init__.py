"""Compiles a syntax tree to closures that can be run any number of times, and finds what the expression reads."""
