"""Django's SQLite with the guarantees of the store, in the place where Django looks for a database backend."""
