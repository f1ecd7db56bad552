"""Django's SQLite backend with the guarantees of the store; Django looks for a backend at this place."""
