"""What can be wrong with one translated text: one rule a file, each with its CODE, listed in `text_checks`."""
