"""Rules on pictures and sounds: that they are there, small, of a safe kind, said in words too, and tell nothing
about people."""
