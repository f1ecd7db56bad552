"""A dataset on the disk, from its first opening to its lock: it is written, extended, has responses removed, and is
locked for good. Each change is made whole or not at all."""
