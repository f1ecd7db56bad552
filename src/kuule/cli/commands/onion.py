"""`kuule onion …`: keep a copy of the key of an onion service, and put it back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say

app = typer.Typer(help="The key of an onion service, which is its address.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The key of an onion service, which is its address."""


@app.command("backup")
def back_up(
    folder: Annotated[Path, typer.Argument(help="The folder of tor with the key, like /var/lib/tor/kuule.")],
    copy: Annotated[Path, typer.Argument(help="The file to write; none is overwritten.")],
) -> int:
    """Write a copy of the key into a new file that only this user can read, and read it back."""
    from kuule.usecases.collecting.onion_key_copies import back_up_key  # slow: cryptography; --help loads all commands

    address = back_up_key(folder, copy)
    print_result(address, address=address)
    say(f"its key is in {str(copy)!r}: whoever has that can stand in the place of the site, so encrypt it")
    return Exit.DONE


@app.command("restore")
def restore(
    copy: Annotated[Path, typer.Argument(help="The file that `kuule onion backup` wrote.")],
    folder: Annotated[Path, typer.Argument(help="A new or empty folder of tor; nothing in it is overwritten.")],
) -> int:
    """Put the key back into a folder for tor, before tor is started."""
    from kuule.usecases.collecting.onion_key_copies import restore_key  # slow, as above

    address = restore_key(copy, folder)
    print_result(address, address=address)
    say(f"restored; name {str(folder)!r} as HiddenServiceDir in torrc, and start tor")
    return Exit.DONE
