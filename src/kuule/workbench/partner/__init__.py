"""A partner's own pages: links and counts, the progress of its translations, and the archive of sealed answers."""
