"""Splits a secret k-of-n into lists of words (SLIP-39) and combines them again. Fewer than k shares reveal nothing of
it.

Kuule writes one group, no passphrase, the extendable flag, and the iteration exponent 0 (with an empty passphrase,
iterations protect nothing). A share has 33 words, and its first three are the same throughout a set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from shamir_mnemonic import combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.utils import MnemonicError

from kuule.core.problems import KeyMaterialError, Problem
from kuule.opening.checksum_errors import has_valid_checksum, likely_error_places
from kuule.opening.private_key import SECRET_LENGTH, PrivateKey
from kuule.opening.slip39_words import WORDLIST
from kuule.sealing.share_threshold import ShareThreshold

SHARE_WORDS = 33
_HIGHEST_EXPONENT = 4
"""The highest exponent of iterations that is read. Higher ones would only make an opening wait (15 would take
minutes)."""
_PLACES = {word: place for place, word in enumerate(WORDLIST)}
_TYPE_AGAIN = "compare it with the sheet, word by word, and type it once more"


class ShareChecksumError(KeyMaterialError):
    """The words of a share have a wrong checksum (KEY_033). `places` says where the mistake probably is, from 1, or is
    ()."""

    def __init__(self, place: str, places: Sequence[int]) -> None:
        super().__init__(Problem("KEY_033", place, _where(places), _TYPE_AGAIN))
        self.places = tuple(places)


class KeyShare:
    """The words of one sheet. They are a secret: repr, str and pickle show nothing of them; `words` does."""

    __slots__ = ("needed", "number", "set_id", "words")

    words: tuple[str, ...]
    set_id: int
    """15 random bits, the same in all shares of a set."""
    number: int
    """The number of the sheet, from 1."""
    needed: int

    def __init__(self, words: Sequence[str], place: str = "the words") -> None:
        """Raises KeyMaterialError KEY_032 (a wrong number of words), KEY_033 (wrong words), KEY_038 (a share of other
        software)."""
        self.words = tuple(words)
        share = _share(self.words, place)
        self.set_id, self.number, self.needed = share.identifier, share.index + 1, share.member_threshold

    def __repr__(self) -> str:
        return f"<KeyShare {self.number}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a share is not pickled or copied")


def split_key(key: PrivateKey, threshold: ShareThreshold) -> tuple[KeyShare, ...]:
    """The shares of a key, numbered from 1. If a key is split twice, the two sets cannot be mixed."""
    groups = [(threshold.needed, threshold.shares)]
    [mnemonics] = generate_mnemonics(1, groups, key.reveal(), extendable=True, iteration_exponent=0)
    return tuple(KeyShare(mnemonic.split()) for mnemonic in mnemonics)


class ShareSet:
    """The shares of one set that were entered so far."""

    def __init__(self, first: KeyShare) -> None:
        self._shares = [first]

    @property
    def set_id(self) -> int:
        return self._shares[0].set_id

    @property
    def missing(self) -> int:
        """How many more shares are needed."""
        return max(0, self._shares[0].needed - len(self._shares))

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(share.number for share in self._shares)

    def add(self, share: KeyShare, place: str) -> None:
        """Add a share. Raises KeyMaterialError KEY_034 (of another key or set), KEY_035 (entered before)."""
        first = self._shares[0]
        if (share.set_id, share.needed) != (first.set_id, first.needed):
            cause = f"sheet {share.number} is of another key than sheet {first.number}, or of another splitting of it"
            remedy = "the first three words of all sheets of a key are alike: look for the sheet that fits"
            raise KeyMaterialError(Problem("KEY_034", place, cause, remedy))
        if share.number in self.numbers:
            cause = f"this is sheet {share.number} once more"
            raise KeyMaterialError(Problem("KEY_035", place, cause, "give a sheet with another number"))
        self._shares.append(share)

    def secret(self) -> bytes:
        """The secret of 32 bytes. Raises KeyMaterialError KEY_036 (too few shares), KEY_037 (together they are not a
        key)."""
        if self.missing:
            cause = f"{len(self._shares)} of the {self._shares[0].needed} sheets that are needed came"
            raise KeyMaterialError(
                Problem("KEY_036", "the sheets", cause, f"give {self.missing} more with other numbers")
            )
        together = [" ".join(share.words) for share in self._shares[: self._shares[0].needed]]
        try:
            secret = combine_mnemonics(together)
        except MnemonicError:
            secret = b""
        if len(secret) != SECRET_LENGTH:
            cause = "each sheet is whole, but together they are no key: one of them is of another key"
            raise KeyMaterialError(
                Problem("KEY_037", "the sheets", cause, "look for the sheets with the same fingerprint")
            )
        return bytes(secret)


def _share(words: Sequence[str], place: str) -> Share:
    if len(words) != SHARE_WORDS:
        cause = f"a sheet has {SHARE_WORDS} words, and these are {len(words)}"
        raise KeyMaterialError(Problem("KEY_032", place, cause, _TYPE_AGAIN))
    indices = [_PLACES[word] for word in words]
    if not has_valid_checksum(indices):
        raise ShareChecksumError(place, likely_error_places(indices))
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError:  # the message quotes words, which are secret
        share = None
    if share is None or share.group_count != 1 or not share.extendable or share.iteration_exponent > _HIGHEST_EXPONENT:
        cause = "the words are whole, and were made by other software or for something else"
        raise KeyMaterialError(Problem("KEY_038", place, cause, "give the sheets that `kuule keys new` made"))
    return share


def _where(places: Sequence[int]) -> str:
    if not places:
        return "every word is in the list, but together they do not fit: more than one is another than on the sheet"
    if len(places) == 1:
        return f"the words do not fit together: look at word {places[0]}, which is probably another on the sheet"
    return f"the words do not fit together: words {places[0]} and {places[1]} probably changed places"
