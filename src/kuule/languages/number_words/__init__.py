"""Numbers as people write them in a text: digits of any script, number words, fractions, words for shares, dates."""
