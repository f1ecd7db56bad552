"""Question types: what a person types, and the stored form of it, for each type in its own module."""
