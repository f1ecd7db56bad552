"""Rules on what depends on language and country: adapted texts, country codes, judging words, helplines."""
