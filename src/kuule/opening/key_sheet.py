"""The content of the printed sheets of a key ceremony: one sheet for each share, or one for a passphrase. In English,
because the words of SLIP-39 are. Their looks are in key_sheet_html and key_sheet_pdf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from kuule.opening.key_shares import KeyShare
from kuule.sealing.keys import PublicKey
from kuule.sealing.share_threshold import ShareThreshold

PRACTICE_NOTICE = "Practice only. This key protects nothing, and the sheet may be thrown away."


@dataclass(frozen=True, slots=True)
class SheetStudy:
    """The study that a sheet belongs to."""

    study_id: str
    title: str
    organisation: str


class KeySheet:
    """One sheet. It carries a secret: repr, str and pickle show nothing of `words`."""

    __slots__ = ("about", "facts", "file", "intro", "key", "steps", "title", "words", "words_title")

    def __init__(
        self, *, about: SheetStudy, key: PublicKey, file: str, title: str, intro: str, words_title: str,
        words: Sequence[str], steps: Sequence[tuple[str, str]],
    ) -> None:  # fmt: skip
        self.about, self.key, self.file, self.title, self.intro = about, key, file, title, intro
        self.words_title, self.words, self.steps = words_title, tuple(words), tuple(steps)
        self.facts = (
            ("Study", f"{about.title} ({about.study_id})"),
            ("Organisation", about.organisation),
            ("Key id", key.key_id.hex()),
        )

    @property
    def practice(self) -> str:
        """The mark of a rehearsal key, or ""."""
        return PRACTICE_NOTICE if self.key.rehearsal else ""

    @property
    def fingerprint_lines(self) -> tuple[str, str]:
        """The words of the fingerprint, in two lines of six."""
        words = self.key.fingerprint_words.split()
        half = len(words) // 2
        return " ".join(words[:half]), " ".join(words[half:])

    def __repr__(self) -> str:
        return f"<Sheet {self.file}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a sheet is not pickled or copied")


def share_sheets(
    about: SheetStudy, key: PublicKey, threshold: ShareThreshold, shares: Sequence[KeyShare]
) -> tuple[KeySheet, ...]:
    """A sheet for each share, in their order."""
    return tuple(_share_sheet(about, key, threshold, share) for share in shares)


def _share_sheet(about: SheetStudy, key: PublicKey, threshold: ShareThreshold, share: KeyShare) -> KeySheet:
    needed, shares = threshold.needed, threshold.shares
    alone = "This one alone tells nothing" if needed == _TWO else f"Fewer than {needed} tell nothing"
    return KeySheet(
        about=about,
        key=key,
        file=f"sheet-{share.number}-of-{shares}",
        title=f"Key sheet {share.number} of {shares}",
        intro=f"Any {needed} of these {shares} sheets together open every answer that was sealed to the key of this "
        f"study. {alone}. Each is with another person or partner.",
        words_title=f"The {len(share.words)} words of sheet {share.number}: secret",
        words=share.words,
        steps=(_CHECK, _KEEP, _NEVER, *_of_shares(needed, shares)),
    )


def passphrase_sheet(about: SheetStudy, key: PublicKey, words: Sequence[str], key_file: str) -> KeySheet:
    """The sheet for a key that is one file with a passphrase."""
    return KeySheet(
        about=about,
        key=key,
        file="sheet-passphrase",
        title="Key sheet: the passphrase",
        intro=f"These words open the file {key_file}, and the two together open every answer that was sealed to the "
        "key of this study. One without the other opens nothing.",
        words_title=f"The {len(words)} words of the passphrase: secret",
        words=words,
        steps=(_CHECK, _KEEP, _NEVER, *_OF_A_PASSPHRASE),
    )


_TWO = 2
_CHECK = (
    "Check",
    "Compare the fingerprint above with the one on the survey's privacy page and in its report. If they differ, this "
    "sheet does not open those answers: tell the research lead.",
)
_KEEP = (
    "Keep",
    "Put it into an envelope, seal it, sign over the flap, and lock it away, safe from fire, water and other eyes.",
)
_NEVER = (
    "Never",
    "photograph, scan or copy it, read it out, send it, or type it anywhere but at an opening, on a machine that is "
    "offline.",
)


def _of_shares(needed: int, shares: int) -> tuple[tuple[str, str], ...]:
    spare = shares - needed
    lost = (
        f"The others can still open while {needed} sheets are left. Make a new key for the next answers."
        if spare
        else "Nobody can open what was sealed to this key any more. Make a new key at once."
    )
    return (
        (
            f"When {needed} meet",
            f"They can read everything at once, so let {needed} sheets meet only for an opening that all holders know "
            "of, in one room, and part again after it.",
        ),
        (
            "If it is lost or seen",
            f"Tell the research lead the same day. {lost}",
        ),
        (
            "If you leave",
            "Hand it over in person to who follows you, and let the other holders know. Do not leave it behind.",
        ),
        (
            "When its work is done",
            "All sheets are burned or shredded on one agreed day, and “kuule keys destroyed” writes that down.",
        ),
    )


_OF_A_PASSPHRASE = (
    ("Apart", "Keep this sheet and the file in two different places, and a second copy of each in two more."),
    (
        "If one is lost",
        "If no copy of the file or no copy of the words is left, nobody can open the answers any more. If somebody "
        "else may have both, tell the research lead the same day.",
    ),
    ("If you leave", "Hand it over in person to who follows you. Do not leave it behind."),
    (
        "When its work is done",
        "Every copy of file and sheet is destroyed on one agreed day, and “kuule keys destroyed” writes that down.",
    ),
)
