"""Use cases of whoever answers for the machine: backups of what a study cannot do without, and restoring them.

A backup is ciphertext where answers are concerned; the only key that is used here is one for backups, which opens no
answer."""
