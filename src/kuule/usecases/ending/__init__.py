"""Use cases of whoever ends a study: its certificate of destruction, made of the records of all machines."""
