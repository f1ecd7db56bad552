"""A release as the pages of one language see it, and what a page is before it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.tags import find_language, language_name
from kuule.languages.cldr.territories import territory_names
from kuule.publishing.downloads.file_notes import FileNotes
from kuule.publishing.downloads.labelled_tables import LabelledTable
from kuule.publishing.release_site.site_plan import SitePlan
from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.report import ReportView
from kuule.releases.publication_release import PublicationRelease
from kuule.releases.release_folder import ReleaseFolder
from kuule.static_site.catalogue_words import CatalogueWords
from kuule.static_site.page_links import LanguageFolders
from kuule.tables.released import ReleasedTable
from kuule.tables.request import TableRequest
from kuule.tables.wording import Wording


@dataclass(frozen=True, slots=True)
class SitePageView:
    """A page: its name, which is that of its file, its template and what the template is given. `help_anchor` is the
    country whose numbers its link to help opens."""

    name: str
    template: str
    title: str
    content: Mapping[str, Any] = field(default_factory=dict)
    help_anchor: str = ""


@dataclass(frozen=True)
class ReleaseLanguage:
    """All that the pages of one language are made of. `content` is the content hash of the release, `tags` are the
    languages of the site, and `earlier` the releases that were published in the same place before."""

    release: PublicationRelease
    content: str
    plan: SitePlan
    view: ReportView
    say: CatalogueWords
    notes: FileNotes
    labelled: tuple[LabelledTable, ...]
    tags: tuple[str, ...]
    today: date
    earlier: tuple[ReleaseFolder, ...] = ()
    has_pdf: bool = False
    """Whether report.pdf is beside the pages."""
    has_png: bool = False
    """Whether the figures of the key findings are there as PNG too, and not as SVG only."""

    @property
    def tag(self) -> str:
        return self.view.tag

    @property
    def words(self) -> Words:
        """The words of the report, in this language."""
        return self.view.words

    @property
    def wording(self) -> Wording:
        return self.release.wordings[self.tag]

    @property
    def folders(self) -> LanguageFolders:
        """Where pages of each language are: those of the first language of the site have no folder of their own."""
        return LanguageFolders(self.tags[0])

    @cached_property
    def tables(self) -> Mapping[TableRequest, ReleasedTable]:
        return {table.request: table for table in self.release.tables}

    @cached_property
    def labelled_by_request(self) -> Mapping[TableRequest, LabelledTable]:
        return {one.table.request: one for one in self.labelled}

    @property
    def direction(self) -> str:
        return find_language(self.tag).direction

    @property
    def draft(self) -> str:
        """The sentence that says that people have not reviewed all words of the pages; "" if they have."""
        if self.view.draft:
            return self.words.say(self.view.draft)
        ready = self.say.tag == self.tag and self.say.state.reaches(self.release.opening_state)
        return "" if ready else self.words.say("draft_person")

    @property
    def borrowed(self) -> str:
        """The language of texts that nobody has translated yet; "" if there are none."""
        if self.view.borrowed:
            return self.view.borrowed
        has_all = self.say.tag == self.tag and self.say.state.value != "untranslated"
        return "" if has_all else "en"

    def day(self, when: date) -> str:
        """A day in words."""
        return format_day(when.isoformat(), self.tag)

    def country(self, code: str) -> str:
        """A country's name, or its code."""
        return territory_names(self.tag).get(code, code)

    def language(self, tag: str) -> str:
        """A language's name."""
        return language_name(tag, self.tag)
