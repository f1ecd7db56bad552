"""A visit that goes on while its study is edited: the answers so far are carried into the form as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kuule.collector.session.codec import ContentTooLong, TokenCodec
from kuule.collector.session.conversation import Conversation
from kuule.collector.session.outcome import Reply
from kuule.collector.session.posted import Posted
from kuule.collector.session.session_state import SessionState
from kuule.forms.compile.form import Form
from kuule.forms.model.paths import without_positions
from kuule.forms.navigation.visit import Visit


@dataclass(frozen=True)
class PreviewConversation(Conversation):
    """A conversation of the collector, to which a visit may come that began before the study was saved.

    `earlier` are the codecs of what was shown before, the last one first.
    """

    earlier: Sequence[TokenCodec] = ()

    def step(self, tag: str, posted: Posted, now: datetime) -> Reply:
        """The reply to a posted form, of this study or as it was before."""
        return super().step(tag, self._carried_over(posted, now), now)

    def _carried_over(self, posted: Posted, now: datetime) -> Posted:
        """The posted form with its visit in the form as it is now; as it is where the visit cannot be read."""
        served = self.editions.current
        if posted.edition == served.edition.short:
            return posted
        for codec in self.earlier:
            opened = codec.open(posted.token, now)
            if isinstance(opened, SessionState):
                visit = fitting_visit(opened.visit, codec.editions.current.edition.form, served.edition.form)
                state = replace(opened, edition_id=served.edition.id, visit=visit)
                try:
                    token = self.codec.seal(state, served, now)
                except ContentTooLong:
                    return posted
                return replace(posted, token=token, edition=served.edition.short)
        return posted


def fitting_visit(visit: Visit, before: Form, now: Form) -> Visit:
    """The visit with what still fits the form: answers to questions that are there and are answered as before."""
    kept = frozenset(_ways_to_answer(before).items()) & frozenset(_ways_to_answer(now).items())
    paths = frozenset(path for path, _ in kept)
    pages = frozenset(item.page_key for item in now.items)

    def fitting(part: Mapping[str, str]) -> dict[str, str]:
        return {path: value for path, value in part.items() if without_positions(path) in paths}

    return replace(
        visit,
        page=visit.page if without_positions(visit.page) in pages else "",
        answers=fitting(visit.answers),
        typed=fitting(visit.typed),
        fixed=fitting(visit.fixed),
        counts={path: count for path, count in visit.counts.items() if without_positions(path) in now.repeats},
        seen=frozenset(key for key in visit.seen if without_positions(key) in pages),
    )


def _ways_to_answer(form: Form) -> Mapping[str, object]:
    """How each item is answered, by its path: an answer stays only while that is the same."""
    return {item.path: (item.control, item.value_type, item.list_name, item.repeats) for item in form.items}
