"""A dataset on the disk from its first opening to its lock: written, extended, responses taken out, locked for
good. Each change is made whole or not at all."""
