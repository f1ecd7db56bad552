"""What can be wrong with one translated text: one check per module, each with its CODE, listed in `text_checks`."""
