"""Gives pages and posted values one of a few lengths, so that someone who watches an encrypted connection learns
little."""
