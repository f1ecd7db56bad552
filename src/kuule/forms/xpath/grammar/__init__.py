"""Parses the text of an expression to its syntax tree, and finds what the tree alone tells."""
