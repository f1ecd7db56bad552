"""Planning: the days of a study, from its settings and files alone: what is to be done when, and a calendar of it."""
