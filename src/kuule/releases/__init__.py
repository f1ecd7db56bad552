"""Releases: what is published together, as one object with a version, its approvals and its predecessor.

A release has released tables and their words only, so that whoever has it can publish from it and learn nothing more.
"""
