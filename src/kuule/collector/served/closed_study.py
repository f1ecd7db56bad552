"""What a closed site still shows of its study: its languages, where "leave" leads, and the services that help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.collector.served.serve_options import ServeOptions
from kuule.core.problems import KuuleError
from kuule.helplines.directory import Directory, built_in_directory
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.study_toml import Audience
from kuule.web.interface_texts import InterfaceTexts, frozen_interface, interface_languages, interface_or_english


@dataclass(frozen=True, slots=True)
class ClosedStudy:
    """`tags` are the languages in the study's order; `leave_to` and `titles` (of the tab) are by language, where known.

    Without an edition that can be read whole, it is all languages that Kuule has, and the directory of services that
    comes with it. `interfaces` are the interface texts as the edition has them, by language.
    """

    tags: tuple[str, ...] = field(default_factory=interface_languages)
    helplines: Directory = field(default_factory=built_in_directory)
    audience: Audience = Audience.SURVIVORS
    leave_to: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    practice: bool = False
    translate: bool = False
    interfaces: Mapping[str, InterfaceTexts] = field(default_factory=dict)

    def interface_in(self, tag: str) -> InterfaceTexts:
        """The interface texts of a page in a language: the edition's, otherwise those of the package."""
        return self.interfaces.get(tag) or interface_or_english(tag)


def read_closed_study(options: ServeOptions) -> ClosedStudy:
    """What is left of the last edition that can be read whole: the site may be closed for another reason, and help
    stays."""
    for path in reversed(options.editions):
        try:
            return closed_study_of(read_edition(path))
        except KuuleError:
            continue  # this was reported at the start: it is what closes the site
    return ClosedStudy()


def closed_study_of(edition: Edition) -> ClosedStudy:
    """What a closed site shows of an edition."""
    study, spoken = edition.study, frozenset(interface_languages())
    tags = tuple(tag for tag in edition.languages if tag in spoken)
    name, plain = ("discreet_title", study.discreet_title) if study.discreet else ("title", study.title)
    return ClosedStudy(
        tags=tags or interface_languages(),
        helplines=edition.support,
        audience=study.audience,
        leave_to={tag: study.languages[tag].leave_to for tag in tags},
        titles={tag: edition.texts(tag).get(f"study:{name}", plain) for tag in tags},
        practice=edition.rehearsal,
        translate=study.translate,
        interfaces={tag: _interface(edition, tag) for tag in tags},
    )


def _interface(edition: Edition, tag: str) -> InterfaceTexts:
    own, english = edition.soft_hyphens(tag), edition.soft_hyphens(SOURCE_LANGUAGE)
    return frozen_interface(edition.words.get(tag), tag).with_hyphens(own, english)
