"""The private keys for an opening: from key files, from sheets in files, or from sheets that a person types."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import KeyMaterialError, Problem
from kuule.opening.key_shares import KeyShare, ShareSet
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import Passphrase, ProtectedKey
from kuule.sealing.key_text import key_text_kind
from kuule.sealing.keys import PublicKey
from kuule.usecases.input_files import read_key_file
from kuule.usecases.key_custody.typed_sheets import ask_share, ask_shares, read_share_file
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.prompt import Prompt

TYPED = "-"
_TRIES = 3
_LONGEST_PASSPHRASE = 4096


@dataclass(frozen=True, slots=True)
class KeySources:
    """Where keys come from: key files, sheets (files, or "-" for one that is typed), and a file descriptor for
    passphrases."""

    files: Sequence[Path] = ()
    shares: Sequence[str] = ()
    passphrase_fd: int | None = None


def gather_keys(
    sources: KeySources, wanted: Sequence[PublicKey], prompt: Prompt, *, progress: ProgressListener = SILENT
) -> list[PrivateKey]:
    """Every key that was given. If none was given and a person is there, this asks for sheets.

    `wanted` are the keys that the answers are sealed to. Sheets do not say whether their key is for rehearsal, so the
    key that is wanted is made from them.

    Raises KeyMaterialError CLI_002, CLI_005 (nothing given, nobody to ask) and KEY_ codes.
    """
    keys = list(_from_files(sources, prompt, progress))
    for secret in _from_shares(sources, prompt, progress):
        keys.append(_fitting(secret, wanted))
    if not sources.files and not sources.shares:
        if not prompt.can_ask():
            remedy = "give --key FILE, or --share once for each sheet"
            raise KeyMaterialError(
                Problem("CLI_005", "kuule open", "no key was given, and there is nobody to ask", remedy)
            )
        for key in wanted:
            progress.note(f"the answers are sealed to the key {key.key_id.hex()}, fingerprint {key.fingerprint}")
        keys.append(_fitting(ask_shares(None, prompt, progress=progress).secret(), wanted))
    return keys


def _from_files(sources: KeySources, prompt: Prompt, progress: ProgressListener) -> Iterator[PrivateKey]:
    passphrases = None if sources.passphrase_fd is None else passphrase_lines(sources.passphrase_fd)
    for path in sources.files:
        text = read_key_file(path)
        if key_text_kind(text) != "protected":
            yield PrivateKey.from_text(text, str(path))
        elif passphrases is None:
            yield _unlocked(ProtectedKey.from_text(text, str(path)), prompt, progress)
        else:
            yield ProtectedKey.from_text(text, str(path)).unlock(Passphrase(next(passphrases, "")))


def _unlocked(closed: ProtectedKey, prompt: Prompt, progress: ProgressListener) -> PrivateKey:
    """Ask for the passphrase of a key, at most three times. Raises KeyMaterialError KEY_040, KEY_042."""
    for _ in range(_TRIES - 1):
        try:
            return closed.unlock(Passphrase(prompt.ask_hidden(f"passphrase of {closed.place} (it does not show):")))
        except KeyMaterialError as error:
            if error.problems[0].code != "KEY_040":
                raise
            progress.note(f"{error.problems[0].cause}; try again")
    return closed.unlock(Passphrase(prompt.ask_hidden(f"passphrase of {closed.place} (it does not show):")))


def passphrase_lines(descriptor: int) -> Iterator[str]:
    """The passphrases from a file descriptor, one a line: of keys in the order of --key. Raises KeyMaterialError
    KEY_043 if nothing can be read."""
    try:
        with os.fdopen(descriptor, encoding="utf-8", closefd=False) as file:
            lines = file.read(_LONGEST_PASSPHRASE).splitlines()
    except (OSError, UnicodeDecodeError):
        remedy = "open it in the same command: kuule … --passphrase-fd 3 3< FILE"
        raise KeyMaterialError(
            Problem("KEY_043", "--passphrase-fd", f"nothing can be read from descriptor {descriptor}", remedy)
        ) from None
    return iter(lines)


def _from_shares(sources: KeySources, prompt: Prompt, progress: ProgressListener) -> Iterator[bytes]:
    """The secret that each set of sheets gives. Raises KeyMaterialError KEY_035 to KEY_037."""
    sets: dict[int, ShareSet] = {}
    for number, given in enumerate(sources.shares, start=1):
        share = (
            ask_share(f"sheet {number}", prompt, progress=progress) if given == TYPED else read_share_file(Path(given))
        )
        _put(sets, share, given)
    if len(sets) > 1 and any(gathering.missing for gathering in sets.values()):
        cause = f"the sheets are of {len(sets)} keys, and not enough of each: " + "; ".join(map(_count, sets.values()))
        remedy = "the first three words of all sheets of a key are alike: look for the sheet that fits"
        raise KeyMaterialError(Problem("KEY_034", "--share", cause, remedy))
    for gathering in sets.values():
        yield gathering.secret()


def _put(sets: dict[int, ShareSet], share: KeyShare, place: str) -> None:
    if share.set_id in sets:
        sets[share.set_id].add(share, f"--share {place}")
    else:
        sets[share.set_id] = ShareSet(share)


def _count(gathering: ShareSet) -> str:
    numbers = " and ".join(str(number) for number in gathering.numbers)
    return f"of one, sheet {numbers} and {gathering.missing} missing"


def _fitting(secret: bytes, wanted: Sequence[PublicKey]) -> PrivateKey:
    """The real key or the rehearsal key made from a secret: the one that is wanted or, if neither is, the real one."""
    real = PrivateKey(secret, rehearsal=False)
    practice = PrivateKey(secret, rehearsal=True)
    return practice if practice.public in wanted and real.public not in wanted else real
