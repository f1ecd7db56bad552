"""Leave to quote: what a version of the dataset says of each text, and that nothing is quoted without it."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.acts import TakenDataset
from kuule.qualitative.project_model.answer_text import AnswerText, QuoteLeave, TextId
from kuule.qualitative.quotes.quote_problems import quote_error

_OF_ALL_TEXTS = ""


def leave_of(log: ActLog, text: TextId) -> QuoteLeave:
    """Whether a text may be quoted. Where copies took in different versions of the dataset, each has to say so."""
    versions = log.derive(_OF_ALL_TEXTS, "leave", lambda: _by_version(log))
    found = {version.get(text, QuoteLeave.NOT_ASKED) for version in versions} or {QuoteLeave.NOT_ASKED}
    return next(one for one in (QuoteLeave.NOT_GIVEN, QuoteLeave.NOT_ASKED, QuoteLeave.GIVEN) if one in found)


def check_leave(log: ActLog, text: AnswerText) -> None:
    """Raise ProjectError QUOTE_017 if somebody who wrote a text was asked and gave no leave to quote it."""
    if leave_of(log, text.id) is QuoteLeave.NOT_GIVEN:
        cause = "whoever wrote it was asked, and did not say that it may be quoted"
        remedy = "leave it unquoted; what several wrote can be said in your own words"
        raise quote_error("QUOTE_017", f"text {text.id}", cause, remedy)


def _by_version(log: ActLog) -> tuple[Mapping[TextId, QuoteLeave], ...]:
    taken = [act.content for act in log.in_force(("dataset",))]
    return tuple(
        {
            **dict.fromkeys(one.with_leave, QuoteLeave.GIVEN),
            **dict.fromkeys(one.without_leave, QuoteLeave.NOT_GIVEN),
        }
        for one in taken
        if isinstance(one, TakenDataset)
    )
