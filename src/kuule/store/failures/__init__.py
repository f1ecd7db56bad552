"""What a database says when it fails, as a Problem with a cause and a remedy."""
