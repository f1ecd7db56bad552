"""Use cases of who spreads a survey."""
