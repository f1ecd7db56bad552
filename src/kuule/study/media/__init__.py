"""Pictures and sounds of a study: which files there may be, what is in them, and which stands beside which text."""
