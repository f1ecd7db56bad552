"""From a dataset to exact tables, for the analyst's eyes. Disclosure control decides what may be shown."""
