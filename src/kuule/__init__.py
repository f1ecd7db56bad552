"""Kuule: surveys for organisations that protect children. See docs/explanation/architecture.md for the house."""
