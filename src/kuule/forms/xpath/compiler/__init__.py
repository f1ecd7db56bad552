"""A syntax tree to closures that can be run any number of times, with what the expression reads."""
