"""What is shown now: the study as it was last read, what is wrong with it, and who waits for the next change.

A change is shown first and checked then, since checking takes longer. Where the files cannot be read, what was read
last stays, and what is wrong is said.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from kuule.collector.http.collector_site import CollectorSite, run_site
from kuule.collector.pages.page_sizes import forgo_page_size
from kuule.collector.served.served_editions import ServedEditions
from kuule.collector.session.codec import TokenCodec
from kuule.core.problems import KuuleError, Problem
from kuule.forms.xlsform.workbook import Workbook
from kuule.preview.page_changes import changed_pages
from kuule.preview.placed_problems import PlacedProblem, place_problems
from kuule.preview.preview_conversation import PreviewConversation
from kuule.preview.previewed_study import PreviewedStudy, UnshowableStudy, read_previewed_study
from kuule.preview.study_watch import SECONDS_BETWEEN_LOOKS, FileStamps, file_stamps

CheckStudy = Callable[[Path], Sequence[Problem]]
"""All that is wrong with the study in a folder, as `kuule check` finds it."""
_SECRET_BYTES = 32
_EARLIER = 12
"""How many states a visit can be carried over from: whoever saved more often since the last press begins anew."""
_HALF_WRITTEN_SECONDS = 0.3
"""How long files that cannot be read are given until they are read once more: a program may be writing them."""
_CHECK_DELAY_SECONDS = 0.4
"""How long a check waits for the page that is drawn first, and for the next change."""


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What is shown. `number` grows with each change, `checked` says whether `problems` are those of a whole check.

    `unreadable` are problems for which the files as they are now cannot be shown: then `study` is the one before, or
    None where there was none. `pages`: the keys of pages that the last change made another, in the language of the
    questionnaire or in the one that was looked at. `remarked`: those at whose questions the check says something else
    than was said before.
    """

    number: int = 0
    study: PreviewedStudy | None = None
    problems: tuple[PlacedProblem, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    checked: bool = False
    pages: tuple[str, ...] = ()
    remarked: tuple[str, ...] = ()


@dataclass
class PreviewSession:
    """One preview of one folder, until its command ends. `language` is the one that was looked at last.

    `seed` names a state of the files: with one `secret`, whoever visited a state goes on in every session of it.
    Without a seed each session has states of its own. `codecs` are those that a visit can be carried over from.
    """

    folder: Path
    check: CheckStudy
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    language: str = ""
    state: PreviewState = field(default_factory=PreviewState)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(_SECRET_BYTES), repr=False)
    seed: Callable[[FileStamps], str] = lambda stamps: secrets.token_hex(8)
    codecs: deque[TokenCodec] = field(default_factory=lambda: deque(maxlen=_EARLIER), repr=False)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _stamps: FileStamps = field(default_factory=dict)
    _checked_before: tuple[PlacedProblem, ...] = ()
    _workbook: Workbook = field(default_factory=lambda: Workbook(""))

    def start(self) -> None:
        """Read the study, and look after its files from now on."""
        self._stamps = file_stamps(self.folder)
        self.read_again()
        threading.Thread(target=self._watch, daemon=True, name="study watch").start()
        threading.Thread(target=self._check_always, daemon=True, name="study check").start()

    def stop(self) -> None:
        """End the threads, and let nobody wait any longer."""
        self._stopped.set()
        with self._changed:
            self._changed.notify_all()

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def look(self) -> bool:
        """Read the study if one of its files has changed since the last look. Returns whether one had."""
        stamps = file_stamps(self.folder)
        if stamps == self._stamps:
            return False
        self._stamps = stamps
        self.read_again()
        return True

    def read_again(self) -> None:
        """Read the study as it is now, and show it. Whatever keeps it from being shown is said, and the one before
        stays."""
        number = self.state.number + 1
        try:
            study = self._read()
        except UnshowableStudy as error:
            self._workbook = error.workbook
            placed, said = self._placed(error.problems), error.problems
            self._show(
                replace(
                    self.state, number=number, problems=placed, unreadable=said, checked=False, pages=(), remarked=()
                )
            )
            return
        before = self.state.study
        # Two windows may show two languages: what is changed in the questionnaire itself is changed in both.
        pages = () if before is None else changed_pages(before, study, (study.tags[0], self.language))
        self._serve(study)
        self._workbook = study.folder.xlsform.workbook
        problems = place_problems(study.folder.form, self._workbook, study.problems)
        self._show(PreviewState(number, study, problems, (), checked=False, pages=pages))

    def check_now(self) -> None:
        """Check what is shown. What was saved meanwhile makes the findings void."""
        number = self.state.number
        placed = self._placed(self._found())
        with self._changed:
            if self.state.number == number:
                remarked = _remarked_pages((self.state.problems, self._checked_before), placed)
                self._checked_before = placed
                self.state = replace(self.state, problems=placed, checked=True, remarked=remarked)
                self._changed.notify_all()

    def wait_for_change(self, seen: tuple[int, bool], seconds: float) -> tuple[int, bool]:
        """The number of the state and whether it is checked, as soon as it is another than `seen`, or after so many
        seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.is_stopped or self.mark != seen, seconds)
            return self.mark

    @property
    def mark(self) -> tuple[int, bool]:
        """By what two states are told apart."""
        return self.state.number, self.state.checked

    def _placed(self, problems: Sequence[Problem]) -> tuple[PlacedProblem, ...]:
        """The problems of the files as they are now, in the form that is shown."""
        if self.state.study is None:
            return tuple(map(PlacedProblem, problems))
        return place_problems(self.state.study.folder.form, self._workbook, problems)

    def _read(self) -> PreviewedStudy:
        try:
            return _readable(self.folder, self.seed(self._stamps))
        except UnshowableStudy:
            if self.state.study is None or self._stopped.wait(_HALF_WRITTEN_SECONDS):
                raise
        self._stamps = file_stamps(self.folder)
        return _readable(self.folder, self.seed(self._stamps))

    def _serve(self, study: PreviewedStudy) -> None:
        forgo_page_size(study.edition.id)
        codec = TokenCodec.from_secret(self.secret, ServedEditions((study.served,), drafts=True))
        run_site(CollectorSite(PreviewConversation(codec, earlier=tuple(self.codecs)), drafts=True, clock=self.clock))
        self.codecs.appendleft(codec)

    def _show(self, state: PreviewState) -> None:
        with self._changed:
            self.state = state
            self._changed.notify_all()

    def _found(self) -> Sequence[Problem]:
        try:
            return self.check(self.folder)
        except KuuleError as error:
            return error.problems
        except Exception as fault:  # noqa: BLE001 - the outermost frame of a thread: it has to say it, and to go on
            return (_fault_problem(fault),)

    def _watch(self) -> None:
        while not self._stopped.wait(SECONDS_BETWEEN_LOOKS):
            self.look()

    def _check_always(self) -> None:
        while not self.is_stopped:
            with self._changed:
                self._changed.wait_for(lambda: self.is_stopped or not self.state.checked)
                number = self.state.number
            if not self._stopped.wait(_CHECK_DELAY_SECONDS) and number == self.state.number:
                self.check_now()


def _readable(folder: Path, seed: str) -> PreviewedStudy:
    """The study in a folder, of which everything that pages are made of can be made. Raises UnshowableStudy."""
    try:
        study = read_previewed_study(folder, seed)
        _ = study.served.languages[study.tags[0]]
    except UnshowableStudy:
        raise
    except KuuleError as error:
        raise UnshowableStudy(*error.problems) from error
    except Exception as fault:
        raise UnshowableStudy(_fault_problem(fault)) from fault
    return study


def _remarked_pages(before: Sequence[Sequence[PlacedProblem]], now: Sequence[PlacedProblem]) -> tuple[str, ...]:
    """The keys of the pages at whose questions another problem is said than in any of those before."""
    by_page = [_by_page(some) for some in (*before, now)]
    pages = dict.fromkeys(page for some in by_page for page in some)
    return tuple(page for page in pages if any(some.get(page) != by_page[-1].get(page) for some in by_page))


def _by_page(problems: Sequence[PlacedProblem]) -> dict[str, list[PlacedProblem]]:
    found: dict[str, list[PlacedProblem]] = {}
    for one in problems:
        if one.page:
            found.setdefault(one.page, []).append(one)
    return found


def _fault_problem(fault: Exception) -> Problem:
    cause = f"Kuule meets something in it that it does not understand ({type(fault).__name__})"
    remedy = "run kuule check on it; if that breaks too, please tell the makers of Kuule: it is a fault of theirs"
    return Problem("PREVIEW_001", "the study", cause, remedy)
