"""Backups: one file of ciphertext, counters and folders, written whole, checked, and read without trust."""
