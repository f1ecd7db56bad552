"""Turns the errors of a database into problems with a cause and a remedy."""
