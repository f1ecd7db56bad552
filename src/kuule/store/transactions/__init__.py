"""How the store is written and read: one writer for a process, a few readers, and a read that keeps nobody waiting."""
