"""The network around a study: its partners, what they say together, what they do by when, and pages about them."""
