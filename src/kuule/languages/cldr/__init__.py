"""What CLDR knows of a language: its tag, name and direction, its alphabet, how it writes numbers, dates and lists."""
