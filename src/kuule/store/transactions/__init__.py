"""How the store is written and read: one writer for each process, a few readers, and a read that does not wait."""
