"""People at the desk for tests: a seat without a site, and somebody who uses the desk over HTTP."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.workbench.roles import Member, Role
from kuule.workbench.translation_desk.current_study import read_current_language, read_current_study
from kuule.workbench.translation_desk.language_member import LanguageMember
from kuule.workbench.translation_desk.text_saving import SaveRequest, TextSaveResult, save_text, version_tag_of
from tests.workbench.workbench_for_tests import Reply, Visitor

DAY = "2026-11-24"
AGE = "form:/data/about/page_about/age_band:label"
HINT = "form:/data/about/page_about/age_band:hint"
YES, TITLE = "choice:yes_no/yes:label", "study:title"
_HIDDEN = re.compile(r'<input type="hidden" name="(mark|source)" value="([^"]*)"')
_FIELD = re.compile(r'<textarea id="wording"[^>]*>\n?(.*?)</textarea>', re.DOTALL)


def language_member(role: Role = Role.TRANSLATOR, word: str = "", tag: str = "sv", number: int = 1) -> LanguageMember:
    """Somebody of a role at one language; `word` is what stands in the file."""
    member = Member(number, "somebody", "A partner", role, frozenset({tag}))
    return LanguageMember(member, tag, word or str(role))


FIRST, SECOND = language_member(word="translator"), language_member(word="second-translator", number=2)
REVIEWER, LEAD = language_member(Role.REVIEWER), language_member(Role.LEAD)
COORDINATOR = language_member(Role.COORDINATOR)


def catalogue(study: Path, tag: str = "sv") -> Catalogue:
    return read_current_language(read_current_study(study), tag).catalogue


def entry(study: Path, key: str, tag: str = "sv") -> Entry:
    return read_current_language(read_current_study(study), tag).entries[key]


def wish(
    study: Path, who: LanguageMember, key: str, step: WorkflowStep | None, text: str = "", comment: str = ""
) -> SaveRequest:
    """What the page of a text, as it is now, would post."""
    now = entry(study, key, who.tag)
    return SaveRequest(key, step, text or who.visible_text(now), version_tag_of(now, who), now.source, comment)


def does(
    study: Path, who: LanguageMember, key: str, step: WorkflowStep | None, text: str = "", comment: str = ""
) -> TextSaveResult:
    """Open a text and save it."""
    return save_text(study, who, wish(study, who, key, step, text, comment), DAY)


def reviewed(study: Path, key: str, tag: str = "sv") -> None:
    """Two translations apart from each other, then a review."""
    for who, step, text in (
        (language_member(word="translator", tag=tag), WorkflowStep.DRAFT, f"{tag} one"),
        (language_member(word="second-translator", tag=tag, number=2), WorkflowStep.SECOND_DRAFT, f"{tag} two"),
        (language_member(Role.REVIEWER, tag=tag), WorkflowStep.REVIEW, f"{tag} three"),
    ):
        assert does(study, who, key, step, text).is_kept


@dataclass
class AtDesk:
    """A member who uses the desk over HTTP."""

    visitor: Visitor
    tag: str = "sv"

    def address(self, key: str, **more: str) -> str:
        return f"/translate/{self.tag}/text?{urlencode({'key': key, **more})}"

    def opens(self, key: str, **more: str) -> Reply:
        return self.visitor.get(self.address(key, **more))

    def posts(self, key: str, page: Reply, go: str, text: str = "", comment: str = "", **more: str) -> Reply:
        """Press a button on a page that was opened before."""
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(page.body.decode())}
        return self.visitor.post(self.address(key, **more), {**hidden, "go": go, "text": text, "comment": comment})

    def does(self, key: str, go: str, text: str = "", comment: str = "", **more: str) -> Reply:
        """Open a text, write, press a button."""
        return self.posts(key, self.opens(key, **more), go, text, comment, **more)

    def sees(self, key: str) -> Reply:
        """The page of the respondent that stands beside a text."""
        return self.visitor.get(f"/translate/{self.tag}/page?key={quote(key)}")


def field(page: Reply) -> str:
    """What stands in the field for the wording."""
    found = _FIELD.search(page.body.decode())
    assert found is not None, page.text
    return html.unescape(found[1])


def plain(page: Reply) -> str:
    """What is read on a page: without markup, spaces joined."""
    without = re.sub(r"<[^>]+>", " ", page.body.decode().partition("<!--.")[0])
    return " ".join(html.unescape(without).split())
