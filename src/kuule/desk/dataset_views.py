"""The dataset behind the texts: how many answers, by language and by week, its questions as charts for the analyst's
eyes, and how far publishing is."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from kuule.core.problems import KuuleError
from kuule.desk.desk_pages import go_to, render_page, tell_of, tells_problems
from kuule.desk.desk_problems import desk_error
from kuule.desk.figure_html import figure_html
from kuule.desk.running_desk import Desk, running_desk
from kuule.desk.typed_places import typed_place
from kuule.usecases.open_answers.analyst_figures import (
    NOT_FOR_PUBLICATION,
    dataset_questions,
    plotted_counts,
    question_figures,
)
from kuule.usecases.open_answers.dataset_counts import DatasetCounts, dataset_counts
from kuule.usecases.open_answers.desk_opening import check_nobody_else_reads
from kuule.usecases.open_answers.release_standing import ReleaseStanding, release_standing

_LEAD = "Not opened."


@require_safe
def show_dataset(request: HttpRequest) -> HttpResponseBase:
    """What there is. Without a dataset, a form for where it is; one that cannot be read is told of here."""
    desk = running_desk()
    if desk.dataset is None:
        return render_page(request, "dataset.html", title="Dataset", found=None)
    try:
        found = dataset_counts(desk.dataset)
        questions = dataset_questions(desk.dataset)
    except KuuleError as error:
        desk.dataset = None
        tell_of(error, _LEAD)
        return render_page(request, "dataset.html", title="Dataset", found=None)
    weeks = [(one.name, one.responses) for one in found.weeks]
    return render_page(
        request, "dataset.html", title="Dataset", found=found, questions=questions, place=desk.dataset,
        weeks=figure_html(plotted_counts(weeks, found.responses, ordered=True)) if weeks and found.responses else "",
        week_rows=weeks, fits=_fits(desk, found), standing=_standing(desk, desk.dataset),
    )  # fmt: skip


@require_POST
@tells_problems(lambda: "/dataset", _LEAD)
def choose_dataset(request: HttpRequest) -> HttpResponseBase:
    """Look at the dataset in a folder. One of another study, or that other users can read, is not opened."""
    desk = running_desk()
    place = typed_place(request.POST.get("place", ""), "the dataset")
    check_nobody_else_reads(place)
    found = dataset_counts(place)
    studies = {one.study for one in desk.session.project.datasets}
    if studies and found.study not in studies:
        cause = f"it is of the study {found.study}, and the project of {', '.join(sorted(studies))}"
        raise desk_error("DESK_015", str(place), cause, "type where the dataset of this project is")
    desk.dataset = place
    return go_to("/dataset")


@require_safe
@tells_problems(lambda part: "/dataset", _LEAD)
def show_part(request: HttpRequest, part: int) -> HttpResponseBase:
    """The questions of one part of the questionnaire as charts, of everyone or divided."""
    desk = running_desk()
    if desk.dataset is None:
        return go_to("/dataset")
    questions = dataset_questions(desk.dataset)
    places = [one.number for one in questions.sections]
    if part not in places:
        raise desk_error("DESK_016", "the part", "the dataset has no such part", "choose one from the list")
    section, place = questions.sections[places.index(part)], places.index(part)
    asked = request.GET.get("by", "")
    cut = asked if asked in questions.cuts else None
    figures = question_figures(desk.dataset, section.items, cut)
    return render_page(
        request, "dataset_part.html", title=f"Part {part}", section=section, cut=cut, cuts=questions.cuts,
        figures=[(one, figure_html(one.plotted)) for one in figures], warning=NOT_FOR_PUBLICATION,
        before=questions.sections[place - 1] if place else None,
        after=questions.sections[place + 1] if place + 1 < len(places) else None,
    )  # fmt: skip


def _fits(desk: Desk, found: DatasetCounts) -> bool:
    """Whether the texts of the project are of this version of the dataset."""
    return [one.version for one in desk.session.project.datasets] == [found.version]


def _standing(desk: Desk, dataset: Path) -> ReleaseStanding | None:
    try:
        return release_standing(desk.session, dataset.resolve().parent, release=desk.release, today=desk.session.day)
    except KuuleError as error:
        desk.release = None
        tell_of(error, _LEAD)
    return None
