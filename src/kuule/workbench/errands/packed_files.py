"""Files that an errand made, as one ZIP, kept in memory for a while: a page shows many of them."""

from __future__ import annotations

import threading
import time
import zipfile
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from kuule.core.problems import Problem, WorkbenchError
from kuule.workbench.errands.errand_process import ErrandKind, errand_turn

MOST_MADE_BYTES = 64 * 1024 * 1024
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_KEPT_SECONDS = 10 * 60
_KEPT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PackedFiles:
    """All files as one ZIP. `problems` are those of files that could not be made, such as a PDF without a font."""

    content: bytes
    problems: tuple[Problem, ...] = ()

    def read(self, name: str) -> bytes | None:
        """A file of it; None if there is none of this name."""
        with zipfile.ZipFile(BytesIO(self.content)) as archive:
            return archive.read(name) if name in archive.namelist() else None

    def names(self) -> tuple[str, ...]:
        """The names of its files."""
        with zipfile.ZipFile(BytesIO(self.content)) as archive:
            return tuple(archive.namelist())


def zip_files(files: Mapping[str, bytes], code: str, place: str) -> bytes:
    """The files as a ZIP, the same to the byte whenever it is made. Raises WorkbenchError with a problem of this code
    and place if they are too large."""
    if (size := sum(map(len, files.values()))) > MOST_MADE_BYTES:
        cause = f"its files would have {size:,} bytes, and {MOST_MADE_BYTES:,} are made here at most"
        raise WorkbenchError(Problem(code, place, cause, "make them on another machine"))
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


class _Kept:
    """What was made last, by its key, with the time by a clock that never goes back."""

    lock = threading.Lock()
    made: dict[Hashable, tuple[float, PackedFiles]] = {}  # noqa: RUF012 -- of the process, as the lock is


def find_or_make_files(
    kind: ErrandKind,
    keys: Sequence[Hashable],
    make: Callable[[], PackedFiles],
    key_of: Callable[[PackedFiles], Hashable] | None = None,
) -> PackedFiles:
    """The files that were made for one of the keys in the last minutes, or those that `make` makes, one errand at a
    time. These are kept by `key_of` them, or by the first key. Raises what `make` raises."""
    if (kept := _find_kept(keys)) is not None:
        return kept
    with errand_turn(kind):
        if (kept := _find_kept(keys)) is not None:  # somebody else asked for the same meanwhile
            return kept
        made = make()
        _keep(keys[0] if key_of is None else key_of(made), made)
        return made


def _find_kept(keys: Iterable[Hashable]) -> PackedFiles | None:
    with _Kept.lock:
        now = time.monotonic()
        _Kept.made = {name: made for name, made in _Kept.made.items() if now - made[0] < _KEPT_SECONDS}
        return next((_Kept.made[key][1] for key in keys if key in _Kept.made), None)


def _keep(key: Hashable, made: PackedFiles) -> None:
    with _Kept.lock:
        _Kept.made[key] = (time.monotonic(), made)
        while len(_Kept.made) > 1 and sum(len(each.content) for _, each in _Kept.made.values()) > _KEPT_BYTES:
            del _Kept.made[next(iter(_Kept.made))]
