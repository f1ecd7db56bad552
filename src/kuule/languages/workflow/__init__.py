"""One text in one language: its key, its source, its translation, the state that it has reached (TRAPD) and the
steps that take it further."""
