"""Use cases of whoever installs Kuule: what is missing on this machine for a role, and how to get it."""
