"""Putting a site in its place: at once, whole, and without touching what others have put there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kuule.core.folders import create_unfinished_folder, exchange_folders
from kuule.core.problems import Problem, PublishingError
from kuule.publishing.release_site.site_manifest import listed_files


@contextmanager
def replaced_site(to: Path) -> Iterator[Path]:
    """A folder beside `to`, to write a site into. If the block ends without an exception it takes the place of `to`,
    and files of others that were there are in it as well. Nobody ever sees half of a site.

    Raises PublishingError PUBLISH_003 if somebody else's file has the name of one of the site's.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = create_unfinished_folder(to, mode=0o755)
    try:
        yield draft
        if to.exists():
            _keep_foreign_files(to, draft)
            exchange_folders(draft, to)
        else:
            draft.rename(to)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if draft.is_dir():
        _empty_old_folder(draft, to)


def check_site_place(to: Path, release: Path) -> None:
    """Raises PublishingError PUBLISH_006 if the pages cannot be at this place: it is no folder, or the release is in it
    or around it."""
    place, source = to.resolve(), release.resolve()
    cause = ""
    if to.is_symlink() or (to.exists() and not to.is_dir()):
        cause = "something that is no folder is there"
    elif place == source or place in source.parents or source in place.parents:
        cause = "the folder of the release is there, and it is not for the public"
    if cause:
        raise PublishingError(Problem("PUBLISH_006", str(to), cause, "give a folder of its own for the pages"))


def foreign_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that are not of a site, as paths within it."""
    ours = listed_files(folder)
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return tuple(sorted(path for path in found if path.as_posix() not in ours))


def _keep_foreign_files(old: Path, new: Path) -> None:
    foreign = foreign_files(old)
    taken = [path for path in foreign if _is_taken(new, path)]
    if taken:
        raise PublishingError(*_taken_problems(old, taken))
    for path in foreign:
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(old / path, new / path, follow_symlinks=False)
        except OSError:  # another file system, or one without hard links
            shutil.copy2(old / path, new / path, follow_symlinks=False)


def _is_taken(new: Path, path: Path) -> bool:
    """Whether the site has a file of this name, or one where this path has a folder."""
    return (new / path).exists() or any((new / parent).is_file() for parent in path.parents)


def _taken_problems(old: Path, taken: Iterable[Path]) -> Iterator[Problem]:
    for path in taken:
        cause = "the site has a file of this name, and the one that is there is not the site's"
        yield Problem("PUBLISH_003", str(old / path), cause, "move it elsewhere, or give another folder")


def _empty_old_folder(old: Path, new: Path) -> None:
    """Delete the old site's own files and the second names of what was kept. Whatever came in the meantime is moved to
    the new site; what cannot be, stays where it is."""
    for name in listed_files(old):
        with suppress(OSError):
            (old / name).unlink()
    for path in foreign_files(old):
        target = new / path
        if target.exists() or target.is_symlink():
            (old / path).unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        (old / path).rename(target)
    for folder in sorted((one for one in old.rglob("*") if one.is_dir()), reverse=True):
        with suppress(OSError):
            folder.rmdir()
    with suppress(OSError):
        old.rmdir()
