"""The text of an expression to its syntax tree, and what can be told from the tree alone."""
