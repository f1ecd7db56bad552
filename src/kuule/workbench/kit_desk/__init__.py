"""Kits at the workbench: a partner looks at its posters, cards, pictures and texts, and takes them. Another process
makes them."""
