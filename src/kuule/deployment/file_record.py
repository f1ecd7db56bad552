"""What was written to a machine before: /var/lib/kuule-deploy/record.json. By it a file that a person changed by hand
is told from one that an earlier version of Kuule wrote, and a run that was stopped from one that came to its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kuule.core.files import json_bytes, write_atomically
from kuule.core.problems import KuuleError, Problem

RECORD = "/var/lib/kuule-deploy/record.json"
RECORD_FORMAT = 1


@dataclass(frozen=True, slots=True)
class FileRecord:
    """`study` is whose machine it is, "" before the first run. `files` has, by path, the hashes of what was written
    there; two while a run is under way. `unfinished`: the last run did not come to its end."""

    study: str = ""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unfinished: bool = False

    def has_written(self, path: str, content: bytes) -> bool:
        """Whether a file is as it was written, and nobody changed it since."""
        return hash_of(content) in self.files.get(path, ())


def hash_of(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return sha256(content).hexdigest()


def read_record(root: Path) -> FileRecord:
    """The record of a machine, or an empty one. Raises KuuleError DEPLOY_005 if it is damaged."""
    path = root / RECORD.lstrip("/")
    try:
        table = json.loads(path.read_bytes())
        if table["format"] != RECORD_FORMAT:
            raise _damaged(path, "a newer version of Kuule wrote it")
        files = {str(name): tuple(map(str, hashes)) for name, hashes in table["files"].items()}
        return FileRecord(str(table["study"]), files, bool(table["unfinished"]))
    except FileNotFoundError:
        return FileRecord()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(path, "it is not what Kuule wrote") from None


def write_record(root: Path, record: FileRecord) -> None:
    """Write the record, whole or not at all."""
    path = root / RECORD.lstrip("/")
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    table = {
        "format": RECORD_FORMAT,
        "study": record.study,
        "unfinished": record.unfinished,
        "files": {name: list(hashes) for name, hashes in sorted(record.files.items())},
    }
    write_atomically(path, json_bytes(table), mode=0o644)


def _damaged(path: Path, cause: str) -> KuuleError:
    remedy = "move it away: then every file that is there counts as changed by hand, and is kept beside the new one"
    return KuuleError(Problem("DEPLOY_005", str(path), cause, remedy))
