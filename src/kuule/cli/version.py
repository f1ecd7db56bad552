"""`kuule --version`: which version of Kuule this is, for bug reports."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.console import print_result


def _show(wanted: bool) -> None:
    if wanted:
        import platform  # slow, like the next one, which loads a parser of mail; --help needs neither
        from importlib.metadata import version

        print_result(f"kuule {version('kuule')} on Python {platform.python_version()}")
        raise typer.Exit


def root(
    _: Annotated[
        bool, typer.Option("--version", callback=_show, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """The options that come before a command."""
