"""Rules about the partners of a study: their codes, their links and their languages."""
