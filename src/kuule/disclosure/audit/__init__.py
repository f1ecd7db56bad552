"""Simulated attacks on what is published: what somebody who knows every rule learns of a few people."""
