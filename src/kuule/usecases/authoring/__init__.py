"""Use cases of a study's authors: checking a study and its languages, and freezing an edition. They need no extra."""
