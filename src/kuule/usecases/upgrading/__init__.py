"""Use cases of an upgrade: which formats each version writes and reads, what an installation has, and what is to be
done."""
