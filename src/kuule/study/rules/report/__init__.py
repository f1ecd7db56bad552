"""Rules on what is counted and reported: every question, answer and group that a setting or a report names must
exist."""
