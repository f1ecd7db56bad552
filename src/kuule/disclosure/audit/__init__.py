"""Simulated attacks on what is published: what an attacker who knows every rule learns about a few people."""
