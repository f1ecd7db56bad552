"""All of Kuule on one machine, for practice: a folder for everything it makes, a collector in a process of its own, and
the report at a local address."""
