"""One text in one language: key, source, translation, the state that it has reached (TRAPD) and the steps to the
next."""
