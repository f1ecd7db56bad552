"""The key ceremony: a key is made, written onto sheets, and recovered from them before anything is sealed to it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kuule.core.files import write_new
from kuule.core.problems import KeyMaterialError, Problem
from kuule.opening.decryption import open_envelope
from kuule.opening.key_shares import split_key
from kuule.opening.key_sheet import KeySheet, SheetStudy, passphrase_sheet, share_sheets
from kuule.opening.private_key import SECRET_LENGTH, PrivateKey
from kuule.opening.protected_key import PASSPHRASE_WORDS, SALT_LENGTH, Passphrase, ProtectedKey, protect_key
from kuule.opening.slip39_words import UnknownWord, random_words, typed_words
from kuule.sealing.envelope import OVERHEAD, seal
from kuule.sealing.keys import PublicKey
from kuule.sealing.memory_protection import protect_process_memory
from kuule.sealing.share_threshold import ShareThreshold
from kuule.usecases.key_custody.ceremony_files import (
    KeyPaths,
    move_into_place,
    shred_folder,
    unfinished_folder,
    write_sheets,
)
from kuule.usecases.key_custody.network_interfaces import connected_interfaces
from kuule.usecases.key_custody.typed_sheets import ask_shares
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.prompt import EndOfInputError, Prompt

YES = "yes"
DELETE = "delete"


@dataclass(frozen=True, slots=True)
class CeremonyPlan:
    """The key that is to be made. Without a threshold, it is one file with a passphrase."""

    about: SheetStudy
    paths: KeyPaths
    threshold: ShareThreshold | None
    rehearsal: bool


def hold_ceremony(plan: CeremonyPlan, prompt: Prompt, *, progress: ProgressListener = SILENT) -> Path:
    """Hold the whole ceremony. Returns the path of the public key, which is written last.

    Raises FileError CLI_001 and CLI_008 (files that are there already), EndOfInputError CLI_006 (the input ended),
    KeyMaterialError CLI_007 (stopped at the question about the network). If it ends early, nothing is left behind.
    """
    plan.paths.check_are_free()
    with unfinished_folder(plan.paths):
        _prepare(plan, prompt, progress)
        key = PrivateKey.generate(secrets.token_bytes(SECRET_LENGTH), plan.rehearsal)
        public_text = key.public.to_text()
        _write(plan, key, progress)
        key.wipe()
        with _note_at_broken_ceremony(progress):
            _wait_for_printing(plan, prompt, progress)
            _recover(plan, PublicKey.from_text(public_text), prompt, progress)
            move_into_place(plan.paths, public_text)
    _delete_sheets(plan, prompt, progress)
    return plan.paths.public


@contextmanager
def _note_at_broken_ceremony(progress: ProgressListener) -> Iterator[None]:
    """Whoever breaks off has paper in their hands that looks like a key."""
    try:
        yield
    except BaseException:
        with suppress(OSError):  # the terminal may be what ended
            progress.note("")
            progress.note("no key was made: what was printed or copied opens nothing, so destroy it")
        raise


def _prepare(plan: CeremonyPlan, prompt: Prompt, progress: ProgressListener) -> None:
    """Switch off memory dumps and, if there is a network, ask whether to go on."""
    for sentence in protect_process_memory():
        progress.note(f"note: {sentence}. Use a live system without swap, or switch swap off")
    lines = connected_interfaces()
    if not lines or plan.rehearsal:
        return
    progress.note(
        f"this machine seems to have a network ({', '.join(lines)}). A key belongs on a machine that has none:"
    )
    progress.note("  switch it off and pull the cable, best on a live system that forgets everything")
    if prompt.ask(f"go on all the same? Type {YES}, or press Enter to stop:") != YES:
        cause = "stopped, as this machine has a network"
        raise KeyMaterialError(Problem("CLI_007", "this machine", cause, "take it offline, and begin again"))


def _write(plan: CeremonyPlan, key: PrivateKey, progress: ProgressListener) -> None:
    sheets = _passphrase(plan, key) if plan.threshold is None else _shares(plan, key, plan.threshold)
    if not write_sheets(_draft_sheets(plan), sheets):
        progress.note(
            "note: no PDF could be made (without the extra `keys`, or without a font for the title); print the HTML"
        )


def _shares(plan: CeremonyPlan, key: PrivateKey, threshold: ShareThreshold) -> Sequence[KeySheet]:
    return share_sheets(plan.about, key.public, threshold, split_key(key, threshold))


def _passphrase(plan: CeremonyPlan, key: PrivateKey) -> Sequence[KeySheet]:
    words = random_words(PASSPHRASE_WORDS, secrets.randbelow)
    text = protect_key(key, Passphrase(" ".join(words)), salt=secrets.token_bytes(SALT_LENGTH))
    write_new(plan.paths.draft / plan.paths.secret.name, text.encode("utf-8"))
    return (passphrase_sheet(plan.about, key.public, words, plan.paths.secret.name),)


def _draft_sheets(plan: CeremonyPlan) -> Path:
    return plan.paths.draft / plan.paths.sheets.name


def _wait_for_printing(plan: CeremonyPlan, prompt: Prompt, progress: ProgressListener) -> None:
    progress.note("")
    progress.note("1. print the sheets, HTML or PDF, on a printer with a cable and no memory of its own. They are in")
    progress.note(f"   {_draft_sheets(plan)}")
    progress.note("   without a printer, copy them by hand: study, fingerprint and every word with its number")
    prompt.ask("   press Enter when they are on paper:")


def _recover(plan: CeremonyPlan, public: PublicKey, prompt: Prompt, progress: ProgressListener) -> None:
    """Recover the key from what is typed from the paper, and check that it opens what is sealed to the public key."""
    progress.note("")
    progress.note("2. the recovery is rehearsed, from the paper and not from the screen")
    if plan.threshold is None:
        key = _from_passphrase(plan, prompt, progress)
    else:
        key = _from_sheets(plan, public, prompt, progress)
    _check_opens(key, public, plan.about.study_id)
    key.wipe()
    progress.note("   the key came back from the paper, and opened an envelope that was sealed to it")


def _from_sheets(plan: CeremonyPlan, public: PublicKey, prompt: Prompt, progress: ProgressListener) -> PrivateKey:
    while True:
        try:
            key = PrivateKey(ask_shares(None, prompt, progress=progress).secret(), rehearsal=plan.rehearsal)
        except KeyMaterialError as error:
            progress.note(f"{error.problems[0].cause}; begin with the first sheet again")
            continue
        if key.public == public:
            return key
        progress.note("these sheets are whole, and of another key than this one; begin with the first sheet again")


def _from_passphrase(plan: CeremonyPlan, prompt: Prompt, progress: ProgressListener) -> PrivateKey:
    path = plan.paths.draft / plan.paths.secret.name
    closed = ProtectedKey.from_text(path.read_text(encoding="utf-8"), plan.paths.secret.name)
    while True:
        typed = prompt.ask_hidden(f"the {PASSPHRASE_WORDS} words of the passphrase (they do not show):")
        try:
            words = typed_words(typed)
        except UnknownWord as unknown:
            progress.note(f"word {unknown.place} is not in the list: look at the sheet, and type all of them again")
            continue
        if len(words) != PASSPHRASE_WORDS:
            progress.note(f"these are {len(words)} words, and the sheet has {PASSPHRASE_WORDS}: type them again")
            continue
        try:
            return closed.unlock(Passphrase(" ".join(words)))
        except KeyMaterialError as error:
            progress.note(f"{error.problems[0].cause}: look at the sheet, and type the words again")


def _check_opens(key: PrivateKey, public: PublicKey, study_id: str) -> None:
    """Check that the key opens what is sealed to the public key. Raises OpenError if it does not; the ceremony then
    ends and leaves nothing behind."""
    record, edition, row = secrets.token_bytes(SECRET_LENGTH), secrets.token_hex(32), secrets.randbits(63)
    sealed = seal(
        record, key=public, study_id=study_id, edition_id=edition, row_id=row, size=OVERHEAD + len(record)
    )  # fmt: skip
    if open_envelope(sealed, key, study_id=study_id, edition_id=edition) != record:
        raise ValueError("an envelope opened to something else than was sealed")


def _delete_sheets(plan: CeremonyPlan, prompt: Prompt, progress: ProgressListener) -> None:
    """Offer to delete the files of the sheets, which are not needed once the key is made. Whoever declines, or stops
    the program here, is told how to delete them by hand."""
    folder = plan.paths.sheets
    progress.note("")
    progress.note("3. the files of the sheets have to go, now that they are on paper. Is every sheet legible?")
    try:
        answer = prompt.ask(f"   type {DELETE} to overwrite and delete them, or press Enter to do it yourself:")
    except (KeyboardInterrupt, EndOfInputError):
        answer = ""
    if answer == DELETE:
        shred_folder(folder)
        prompt.clear()
        progress.note(
            "   deleted. A solid-state disk or a memory card may keep a copy all the same, for an expert to find: use a"
        )
        progress.note("   live system that writes to memory only, or destroy the disk")
        return
    progress.note(f"   they are in {folder}. Whoever reads them reads every answer: delete them today, with")
    progress.note(f"   shred -u {folder}/* && rmdir {folder}")
    progress.note(
        "   a solid-state disk or a memory card may keep a copy all the same: use a live system, or destroy the disk"
    )
