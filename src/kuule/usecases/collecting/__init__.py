"""Use cases beside a running collector: its database, its archives, its counts. They need the extra `collector`, and
nothing here can read what was sent."""
