"""From released tables, wording and a text to a report. Nothing here can see a dataset or an exact count."""
