"""All of Kuule on one machine, for practice: a folder for everything it makes, a collector in a process of its own, the
report at a local address, and the tour, a page that leads through all of it."""
