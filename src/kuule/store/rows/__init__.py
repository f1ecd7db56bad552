"""One module for each table: what is written to it and read from it. All that is kept of a person is ciphertext."""
