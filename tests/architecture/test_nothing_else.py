"""The project speaks of itself only: nothing of the machine it is written on stands in it."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, project_files, text_of

SHORTEST_TELLING_NAME = 6
REGISTRIES = re.compile(r"pypi\.(?:org|io)|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org")
"""Hosts of package registries: whoever installs may have another. We say "the Python package index"."""
HOME = re.compile(r"(?<![a-z0-9])/(?:home|Users)/[a-z]+\b")
"""A path from the root: after a host's name it is a part of a web address."""


def traces(text: str, root: Path, host: str) -> list[str]:
    """What in a text tells where it was written: the folder of the checkout, the host, somebody's home."""
    own = [str(root), *([host] if len(host) >= SHORTEST_TELLING_NAME else [])]
    at_home = HOME.findall(text) if "/home/" in text or "/Users/" in text else []
    return [place for place in own if place in text] + at_home


def names_registry(text: str) -> bool:
    """Whether a text has the host of one. Few texts have even a part of such a name."""
    return any(word in text for word in ("pypi", "npmjs", "hosted", "debian")) and bool(REGISTRIES.search(text))


def test_files_do_not_tell_where_they_were_written() -> None:
    found, host = {}, socket.gethostname()
    for path in project_files():
        if path != Path(__file__) and (told := traces(text_of(path), ROOT, host)):
            found[path.relative_to(ROOT).as_posix()] = told
    assert found == {}


def test_no_file_names_the_host_of_a_package_registry() -> None:
    found = [path.relative_to(ROOT).as_posix() for path in project_files() if names_registry(text_of(path))]
    assert found == []
    for host in ("pypi" + ".org", "files." + "pythonhosted" + ".org", "npmjs" + ".com", "deb.debian" + ".org"):
        assert names_registry(f"https://{host}/simple")


@pytest.mark.parametrize(
    "planted", ["made in /srv/checkout/src", "on buildhost-17", "see /home/ada/notes", "file:///home/ada"]
)
def test_traces_are_found_where_they_are(planted: str) -> None:
    assert traces(planted, Path("/srv/checkout"), "buildhost-17") != []


def test_words_of_the_project_are_no_traces() -> None:
    words = "practice/keys, /sv/help, /root/item, home page, http://example.org/home/news"
    assert traces(words, Path("/srv/checkout"), "buildhost-17") == []
