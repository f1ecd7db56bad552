"""A partner's own pages: links and counts, how far its translations are, and the archive of sealed answers."""
