"""The tables of a release as files that other programs read: CSV with CSVW, JSON-stat, and one workbook."""
