"""Sending the texts of a study to translators and taking them back: export, import, and the progress of each
language."""
