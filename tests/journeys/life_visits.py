"""Somebody at the small study, page after page, with words that nobody else writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from tests.journeys.life_machines import Life, Pause, TakenBack
from tests.journeys.life_study import DAYS, PAUSE_DAYS, WORDS, as_date
from tests.outside.browsing import Browser, codes_on

_NUMBERS = count(1)


@dataclass
class Visitor:
    """Somebody who comes in a language, perhaps by a partner's link. `words` are what they write."""

    life: Life
    language: str = "en"
    link: str = ""
    number: int = field(default_factory=lambda: next(_NUMBERS))
    browser: Browser = field(init=False)

    def __post_init__(self) -> None:
        self.browser = self.life.browser()

    @property
    def words(self) -> str:
        return f"{WORDS}-{self.number:04}"

    @property
    def answers(self) -> dict[str, str | Sequence[str]]:
        return {
            "consent": "yes", "adult": "yes", "age_band": "18_to_34", "residence": "FI", "years": "12", "way": "go_on",
            "place": ["home"], "how_often": "once", "wish": self.words,
        }  # fmt: skip

    def begin(self) -> Visitor:
        """Open the first page and press "Begin"."""
        self.browser.get(f"/{self.link}/{self.language}" if self.link else f"/{self.language}")
        self.browser.press("next")
        return self

    def go_to(self, sign: str) -> Visitor:
        """Answer until a page has this button, or a field with this name."""
        while sign not in {*self.browser.page.moves, *self._fields()}:
            before = self.browser.page.body
            self.browser.press("next", self.answers)
            assert self.browser.page.body != before, self.browser.page.text
        return self

    def write(self) -> Visitor:
        """Go to the end with the words on the last page, and not send."""
        return self.go_to("send")

    def send(self) -> str:
        """Go to the end and send. Returns the code that takes it back."""
        self.write().browser.press("send")
        return self.sent()

    def sent(self) -> str:
        """The code, once it is sent."""
        self.life.sent[self.code()] = self.words
        return self.code()

    def pause(self) -> str:
        """Write the words, and pause. Returns the code that resumes the visit."""
        before = set(self.life.drafts())
        self.go_to("wish").browser.press("break", self.answers)
        self.browser.press("pause")
        [sealed] = set(self.life.drafts()) - before
        until = as_date(DAYS[self.life.day]) + timedelta(days=PAUSE_DAYS)
        self.life.pauses.append(Pause(self.life.day, until, self.code(), self.words, sealed))
        return self.code()

    def end(self) -> Visitor:
        """Delete what was written, and leave."""
        self.browser.press("break", self.answers)
        self.browser.press("end")
        return self

    def resume(self, code: str) -> Visitor:
        """Come back with a code, in another browser."""
        self.browser = self.life.browser()
        self.browser.get(f"/{self.language}/resume")
        self.browser.press("open", {"code": code})
        return self

    def code(self) -> str:
        found = codes_on(self.browser.page)
        assert found, self.browser.page.text
        return found[0]

    def _fields(self) -> set[str]:
        return {name.rpartition("/")[2] for name, _ in self.browser.page.fields({})}


def take_back(life: Life, code: str) -> Browser:
    """Try to take back what was sent with this code."""
    before = {row.row_id: row for row in life.responses()}
    browser = life.browser()
    browser.get("/en/withdraw")
    if "withdraw" in browser.page.moves:
        browser.press("withdraw", {"code": code})
    gone = [before[row_id] for row_id in before.keys() - {row.row_id for row in life.responses()}]
    if gone:
        assert code in life.sent
        life.taken_back.append(TakenBack(life.day, code, gone[0].row_id, gone[0].envelope))
    return browser
