"""A report in words and in order, with every released number said, and without a format yet."""
