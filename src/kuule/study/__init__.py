"""A study folder read whole; its check, rule by rule; editions. No private key, no database."""
