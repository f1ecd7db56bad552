"""How fast Kuule is on this machine: `make bench`. It prints figures and asserts nothing."""
