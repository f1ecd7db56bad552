"""Finding texts to read: in every script, by item and language, and by how far the work on them is."""
