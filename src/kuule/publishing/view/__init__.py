"""A report as words in order, with all released numbers filled in, before it is rendered in any format."""
