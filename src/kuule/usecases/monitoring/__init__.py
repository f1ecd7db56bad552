"""Use cases of who keeps a collector running: what state its machine is in, and nothing about visits."""
