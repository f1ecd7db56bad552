"""What a folder can hold under the name of a file without its being one: by kind, how it is made and what is said."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from kuule.core.regular_files import MAX_TEXT_BYTES


def _sparse(path: Path) -> None:
    """Too large, though it takes no room on the disk."""
    path.touch()
    os.truncate(path, MAX_TEXT_BYTES + 1)


def _link_to_pipe(path: Path) -> None:
    pipe = path.with_name(f".{path.name}.pipe")
    os.mkfifo(pipe)
    path.symlink_to(pipe.name)


SPECIAL_FILES: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "endless device": (lambda path: path.symlink_to("/dev/zero"), "a link to /dev/zero, a device"),
    "named pipe": (os.mkfifo, "it is a named pipe"),
    "link to a pipe": (_link_to_pipe, "a named pipe, and no ordinary file"),
    "circle": (lambda path: path.symlink_to(path.name), "leads in a circle"),
    "nothing": (lambda path: path.symlink_to("nowhere"), "nothing is where it leads"),
    "too large": (_sparse, "it has 67,108,865 bytes, and 67,108,864 are the most"),
}
