"""Use cases beside a running collector: its database, its archives and its counts. They need the extra `collector`.
Nothing here can read what was sent."""
