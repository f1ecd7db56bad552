"""The secret keys for an opening: from files, from sheets in files, or from sheets typed at the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kuule.cli.console import AskLine, ask, ask_hidden, is_at_terminal, say
from kuule.cli.sheets_typed import ask_share, ask_shares, read_share_file
from kuule.core.problems import KeyMaterialError, Problem
from kuule.opening.key_shares import KeyShare, ShareSet
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import Passphrase, ProtectedKey
from kuule.sealing.key_text import key_text_kind
from kuule.sealing.keys import PublicKey
from kuule.usecases.input_files import read_key_file

TYPED = "-"
_TRIES = 3
_LONGEST_PASSPHRASE = 4096


@dataclass(frozen=True, slots=True)
class KeySources:
    """What was given: key files, sheets (files, or "-" for one that is typed), and where passphrases come from."""

    files: Sequence[Path] = ()
    shares: Sequence[str] = ()
    passphrase_fd: int | None = None
    ask: AskLine = field(default=ask)
    ask_unseen: AskLine = field(default=ask_hidden)


def gather_keys(sources: KeySources, wanted: Sequence[PublicKey]) -> list[PrivateKey]:
    """Every key that was given. Where none was and there is a terminal, sheets are asked for.

    `wanted` are the keys that the answers are sealed to: sheets do not say whether they are for rehearsal, so they are
    taken as the one that is wanted. Raises KeyMaterialError CLI_002, CLI_005 (nothing given, nobody to ask) and KEY_
    codes.
    """
    keys = list(_from_files(sources))
    for secret in _from_shares(sources):
        keys.append(_fitting(secret, wanted))
    if not sources.files and not sources.shares:
        if not is_at_terminal():
            remedy = "give --key FILE, or --share once for each sheet"
            raise KeyMaterialError(
                Problem("CLI_005", "kuule open", "no key was given, and there is nobody to ask", remedy)
            )
        for key in wanted:
            say(f"the answers are sealed to the key {key.key_id.hex()}, fingerprint {key.fingerprint}")
        keys.append(_fitting(ask_shares(None, sources.ask).secret(), wanted))
    return keys


def _from_files(sources: KeySources) -> Iterator[PrivateKey]:
    passphrases = None if sources.passphrase_fd is None else _passphrases(sources.passphrase_fd)
    for path in sources.files:
        text = read_key_file(path)
        if key_text_kind(text) != "protected":
            yield PrivateKey.from_text(text, str(path))
        elif passphrases is None:
            yield _asked(ProtectedKey.from_text(text, str(path)), sources.ask_unseen)
        else:
            yield ProtectedKey.from_text(text, str(path)).unlock(Passphrase(next(passphrases, "")))


def _asked(closed: ProtectedKey, ask_unseen: AskLine) -> PrivateKey:
    """Three tries, then the problem. Raises KeyMaterialError KEY_040, KEY_042."""
    for _ in range(_TRIES - 1):
        try:
            return closed.unlock(Passphrase(ask_unseen(f"passphrase of {closed.place} (it does not show):")))
        except KeyMaterialError as error:
            if error.problems[0].code != "KEY_040":
                raise
            say(f"{error.problems[0].cause}; try again")
    return closed.unlock(Passphrase(ask_unseen(f"passphrase of {closed.place} (it does not show):")))


def _passphrases(descriptor: int) -> Iterator[str]:
    """One line for each protected key, in the order of --key. Raises KeyMaterialError KEY_043 where nothing can be
    read."""
    try:
        with os.fdopen(descriptor, encoding="utf-8", closefd=False) as file:
            lines = file.read(_LONGEST_PASSPHRASE).splitlines()
    except (OSError, UnicodeDecodeError):
        remedy = "open it in the same command: kuule open … --passphrase-fd 3 3< FILE"
        raise KeyMaterialError(
            Problem("KEY_043", "--passphrase-fd", f"nothing can be read from descriptor {descriptor}", remedy)
        ) from None
    return iter(lines)


def _from_shares(sources: KeySources) -> Iterator[bytes]:
    """The secret of each set of sheets. Raises KeyMaterialError KEY_035 to KEY_037."""
    sets: dict[int, ShareSet] = {}
    for number, given in enumerate(sources.shares, start=1):
        share = ask_share(f"sheet {number}", sources.ask) if given == TYPED else read_share_file(Path(given))
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
    """The real key or the rehearsal key of a secret: the one that is wanted, else the real one."""
    real = PrivateKey(secret, rehearsal=False)
    practice = PrivateKey(secret, rehearsal=True)
    return practice if practice.public in wanted and real.public not in wanted else real
