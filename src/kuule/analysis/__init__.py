"""A dataset to exact tables, for the analyst's eyes. What may be shown is not decided here."""
