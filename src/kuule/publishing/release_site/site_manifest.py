"""What a published folder has of a site: every file of it with its hash. What is not in the list is somebody else's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kuule.core.files import json_bytes

MANIFEST_FILE = "site.json"
SITE_FORMAT = 1


@dataclass(frozen=True, slots=True)
class SiteManifest:
    """`files` has the SHA-256 of each file by its path within the folder; `content` is the content hash of the release
    that it was made of."""

    study: str
    version: str
    content: str
    files: Mapping[str, str]

    def to_json(self) -> bytes:
        """The file."""
        return json_bytes(
            {
                "format": SITE_FORMAT,
                "study": self.study,
                "version": self.version,
                "content": self.content,
                "files": dict(sorted(self.files.items())),
            }
        )


def listed_files(folder: Path) -> frozenset[str]:
    """The files of the site that a folder has, by path, its list among them; none if it has no list that can be read.
    A list can be wrong, so nothing outside the folder is ever in it."""
    try:
        known = json.loads((folder / MANIFEST_FILE).read_bytes())
        paths = [str(path) for path in known["files"]]
        is_ours = known["format"] == SITE_FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    if not is_ours:
        return frozenset()
    inside = (path for path in paths if not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts)
    return frozenset({*inside, MANIFEST_FILE})
