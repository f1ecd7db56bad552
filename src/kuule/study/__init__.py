"""A study: reading its folder, checking it rule by rule, and freezing editions. No private key, no database."""
