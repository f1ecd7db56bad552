"""Which database is configured, and whether what is there is a store, and the one that is expected."""
