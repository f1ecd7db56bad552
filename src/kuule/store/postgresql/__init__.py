"""Django's PostgreSQL with the guarantees of the store, in the place where Django looks for a database backend."""
