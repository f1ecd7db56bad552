"""Kuule from outside: its command line and its sites over HTTP, so that a test runs whatever its modules are called.

Nothing here imports `kuule`. What is used is what users have: the command of pyproject.toml, addresses, forms, files.
"""
