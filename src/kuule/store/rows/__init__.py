"""One module for each table: what is written to it and read from it. Whatever is kept about a person is ciphertext."""
