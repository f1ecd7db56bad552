"""The findings of an analysis as CSV files and as a text to read."""
