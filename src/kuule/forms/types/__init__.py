"""Question types, one module for each: how an answer of that type is read, stored and shown again."""
