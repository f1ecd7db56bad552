"""Processes of ours that need not load what they run: each is forked by a process that has loaded it."""
