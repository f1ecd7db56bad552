"""What the tables of Kuule are: plain frozen data, with no way to make or to publish one."""
