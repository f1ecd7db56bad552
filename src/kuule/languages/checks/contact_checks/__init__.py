"""Checks against being led away: links, contacts and characters that hide them."""
