"""Processes that the site starts for one errand each, with little memory and time, and none of its secrets."""
