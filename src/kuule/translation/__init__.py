"""A study's texts on their way to those who translate them, and back: files out, files in, how far each language is."""
