"""The recipes of CONTRIBUTING.md, followed by a machine in a copy of the project."""
