"""Public keys, padding, the envelope and the archive: everything that can only close. No private key is known here."""
