"""Public keys, padding, the envelope and the archive: what can only close. No private key is known here."""
