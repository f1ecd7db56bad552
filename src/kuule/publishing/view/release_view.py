"""From a release to its report in one language. Nothing but the release is looked at: no dataset, no study folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kuule.core.problems import Problem, PublishingError
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.template.default_template import report_template
from kuule.publishing.template.template_parts import ReportTemplate, TemplateFigure
from kuule.publishing.template.template_reader import check_template
from kuule.publishing.template.translated_template import draft_banner, translate_template, translation_states
from kuule.publishing.view.publication_lines import publication_lines
from kuule.publishing.view.report import ReportView, report_view, template_quote_problems
from kuule.publishing.view.report_identity import report_identity
from kuule.publishing.view.short_report import is_short
from kuule.releases.publication_release import PublicationRelease
from kuule.tables.request import TableRequest
from kuule.tables.wording import Wording

PREVIEW_BANNER = "draft_release"
"""The key of the banner over the report of a release that cannot be published yet. It says more than that of a draft,
and stands in its place."""


def release_report_view(release: PublicationRelease, tag: str, *, preview: bool = False) -> ReportView:
    """The report of a release in the language `tag`, with all numbers filled in. A `preview` says at its top that it is
    one.

    Raises PublishingError RELEASE_022 if the release has no such language, RELEASE_023 if its text asks for a table
    or an answer that it does not have, QUOTE_021 if it quotes what it does not have, and REPORT_001 to REPORT_009 if
    the text cannot be read.
    """
    if tag not in release.wordings:
        remedy = f"choose one of {', '.join(release.wordings)}"
        raise PublishingError(Problem("RELEASE_022", tag, "the release has no such language", remedy))
    template = release_template(release, tag)
    wanted = set(template.requests)
    view = report_view(
        template,
        [table for table in release.tables if table.request in wanted],
        release.wordings[tag],
        release.origin,
        draft=PREVIEW_BANNER if preview else release_draft_banner(release, template, tag),
        identity=report_identity(release.identity),
        quotes=release.released_quotes,
    )
    return replace(view, publication=tuple(publication_lines(release.description, view.words)))


def release_template(release: PublicationRelease, tag: str) -> ReportTemplate:
    """The text of a release in a language, with what has no translation in the language of the study. Raises
    PublishingError like `release_report_view`."""
    source = next(iter(release.wordings))
    template = _source_template(release, release.wordings[tag])
    problems = check_template(template, release.wordings[tag]) or tuple(_missing_tables(release, template))
    problems = (*problems, *template_quote_problems(template, release.released_quotes))
    if problems:
        raise PublishingError(*problems)
    return template if tag == source else translate_template(template, release.languages[tag].texts, source)


def release_draft_banner(release: PublicationRelease, template: ReportTemplate, tag: str) -> str:
    """The key of the banner over the report in a language, or "" if people reviewed all of its words."""
    ours, language = words_for(tag), release.languages[tag]
    made = [(ours.state, ours.origin), (language.state, language.origin)]
    if tag != next(iter(release.wordings)):
        made += translation_states(template, language.texts)
    return draft_banner(made, release.opening_state)


def _source_template(release: PublicationRelease, wording: Wording) -> ReportTemplate:
    """The text in the language of the study. If nobody wrote one, it has the figures that the release has tables of."""
    template = report_template(release.text, wording)
    if not template.is_default:
        return template
    known = {table.request for table in release.tables}
    parts = (part for part in template.parts if not isinstance(part, TemplateFigure) or part.request in known)
    return replace(template, parts=tuple(parts))


def _missing_tables(release: PublicationRelease, template: ReportTemplate) -> Iterator[Problem]:
    """What the text asks for and the release does not have. A short report needs no tables by groups."""
    rows = {table.request: table.rows for table in release.tables}
    brief = is_short(template, release.origin)
    for request in template.requests:
        if request not in rows and not (brief and request.cut is not None):
            yield _missing(f"the table {request}")
    for number in template.numbers:
        known = rows.get(TableRequest(number.item), number.answers)
        yield from (_missing(f"the answer {one!r} to {number.item!r}") for one in number.answers if one not in known)


def _missing(what: str) -> Problem:
    remedy = "make the release again with kuule release new, or take it out of report.md"
    return Problem("RELEASE_023", "report.md", f"the release does not have {what}", remedy)
