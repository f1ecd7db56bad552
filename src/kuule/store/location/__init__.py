"""Which database is configured, and whether what stands there is ours and the one that is expected."""
