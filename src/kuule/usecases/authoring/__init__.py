"""Use cases of a study's authors: what is wrong with a study, and an edition of it. They need no extra."""
