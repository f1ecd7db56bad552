"""The errors of a database, as a Problem with a cause and a remedy."""
