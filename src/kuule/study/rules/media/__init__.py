"""Rules on pictures and sounds: they exist, are small, are of a safe kind, have words beside them, and reveal nothing
about people."""
