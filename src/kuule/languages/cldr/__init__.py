"""What CLDR knows about a language: tag, name and direction, alphabet, and how it writes numbers, dates and lists."""
