"""The command line, `kuule …`: one module a command. It puts the packages together and is imported by nothing."""

from kuule.cli.app import main

__all__ = ["main"]
