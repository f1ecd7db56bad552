"""A brief as it was ordered: what it is on is looked for in a release, in a register of law and among the texts of a
study, and everything that is missing is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem, PublishingError, Severity
from kuule.core.suggestions import did_you_mean
from kuule.languages.workflow.states import State
from kuule.publishing.brief.brief_parts import BriefText
from kuule.publishing.brief.brief_reader import brief_file_text, read_brief
from kuule.publishing.brief.brief_view import BriefOrder, BriefView, brief_view
from kuule.publishing.brief.brief_words import register_page_words
from kuule.publishing.brief.law_view import brief_provisions
from kuule.register.check_rules.register_check import check_register
from kuule.register.data_model.provisions import Provision
from kuule.register.reading.register_folder import RegisterFolder, read_register
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.site.page_texts import PageTexts
from kuule.register.site.site_language import SiteLanguage, site_language
from kuule.register.texts.register_texts import read_register_texts
from kuule.releases.brief_text_names import BRIEFS_FOLDER, brief_text_names
from kuule.releases.publication_checks import publication_problems
from kuule.releases.publication_release import PublicationRelease
from kuule.releases.release_folder import ReleaseFolder

_EMBARGO = "RELEASE_012"


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """What a brief is on, in which language ("" for the study's own), and where its text is: a file, or a folder with
    one for each provision and language. If that is None it is the one in the release, else one in the folder `briefs`.
    `drafts` allows a text that nobody has reviewed."""

    country: str
    provision: str
    language: str = ""
    text: Path | None = None
    drafts: bool = False


def ordered_brief(folder: ReleaseFolder, register: Path, options: BriefOptions, *, today: date) -> BriefView:
    """The brief with all that it says.

    Raises PublishingError RELEASE_010, RELEASE_011 and RELEASE_020 (two people have not approved the release as it is),
    BRIEF_001 to BRIEF_030, and RegisterError with every error that `kuule register check` finds.
    """
    _check_approved(folder, today)
    tag = _language(folder.release, options.language)
    site = _site(_checked_register(register, today), tag, today)
    country, provisions = _country(site, options.country), _provisions(site, options.provision)
    text = _released_text(folder.release, options, country, tag) or _read_text(options, country, tag)
    _check_reviewed(text, folder.release, drafts=options.drafts)
    return brief_view(text, BriefOrder(folder.release, site, country, provisions))


def _check_approved(folder: ReleaseFolder, today: date) -> None:
    """A brief can be made before the day of its release, and says so; without two approvals it cannot."""
    problems = [one for one in publication_problems(folder, today=today) if one.code != _EMBARGO]
    if problems:
        raise PublishingError(*problems)


def _language(release: PublicationRelease, asked: str) -> str:
    known = tuple(release.wordings)
    if not asked:
        return known[0]
    if asked not in known:
        remedy = did_you_mean(asked, known, f"choose one of {', '.join(known)}")
        cause = f"the survey was not asked in {asked!r}"
        raise PublishingError(Problem("BRIEF_020", f"--language {asked}", cause, remedy))
    return asked


def _checked_register(path: Path, today: date) -> RegisterFolder:
    """A register in which nothing is wrong. Raises RegisterError."""
    folder = read_register(path)
    errors = [one for one in check_register(folder, today) if one.severity is Severity.ERROR]
    if errors:
        raise RegisterError(*errors)
    return folder


def _site(folder: RegisterFolder, tag: str, today: date) -> SiteLanguage:
    words = register_page_words(tag)
    return site_language(
        folder.register, today, PageTexts(tag, words, read_register_texts(folder.path, folder.register, tag))
    )


def _country(site: SiteLanguage, asked: str) -> str:
    settings = site.register.settings
    known = (*settings.countries, *(one for one in settings.also_seen if site.register.of_country(one)))
    if asked.upper() not in known:
        remedy = did_you_mean(asked.upper(), known, f"choose one of {', '.join(known[:6])} …")
        cause = f"the register has no country {asked!r}"
        raise PublishingError(Problem("BRIEF_021", f"--country {asked}", cause, remedy))
    return asked.upper()


def _provisions(site: SiteLanguage, asked: str) -> tuple[Provision, ...]:
    found = brief_provisions(site, asked)
    if not found:
        known = sorted(one.id for one in site.register.provisions.values() if not one.ranking)
        remedy = did_you_mean(asked, known, f"choose one of {', '.join(known)}, or what several begin with")
        cause = f"the register asks nothing named {asked!r}, or only somebody's ranking, which is no law"
        raise PublishingError(Problem("BRIEF_021", f"--provision {asked}", cause, remedy))
    return found


def _released_text(release: PublicationRelease, options: BriefOptions, country: str, tag: str) -> BriefText | None:
    """The text that was approved with the release, unless another one is asked for; None if there is none."""
    if options.text is not None:
        return None
    names = brief_text_names(options.provision, country, tag)
    return next((read_brief(release.briefs[name], name) for name in names if name in release.briefs), None)


def _read_text(options: BriefOptions, country: str, tag: str) -> BriefText:
    """The text of the brief: that of the country, if there is one, before that for every country."""
    names, place = list(brief_text_names(options.provision, country, tag)), options.text or Path(BRIEFS_FOLDER)
    found = [place] if place.is_file() else [place / one for one in names]
    path = next((one for one in found if one.is_file()), None)
    if path is None:
        inside = "" if options.text else ", in the release or in this folder"
        cause = f"there is no text for this brief: neither {' nor '.join(names)}{inside}"
        remedy = "write one (docs/reference/brief.md), or name the folder or the file with --text"
        raise PublishingError(Problem("BRIEF_022", str(place), cause, remedy))
    return read_brief(brief_file_text(path), path.name)


def _check_reviewed(text: BriefText, release: PublicationRelease, *, drafts: bool) -> None:
    """Practice may be a draft, and says so."""
    if not (drafts or release.origin.rehearsal or text.state.reaches(State.REVIEWED)):
        cause = f"nobody has reviewed this text: its state is {text.state}"
        remedy = "have a person read it and write state: reviewed, or add --drafts, which says so above the title"
        raise PublishingError(Problem("BRIEF_024", text.file, cause, remedy))
