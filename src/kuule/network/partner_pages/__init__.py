"""Pages about a study's partners for everyone: who they are, what they say together, what they do and when."""
