"""A value as its page says it: the coded answer and the source in words, and what a member can do with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from kuule.register.comparison.cells import RegisterCell
from kuule.register.data_model.answers import Answer
from kuule.register.data_model.country_values import LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.workbench.member_words.saying import say
from kuule.workbench.register_desk.coding_fields import answer_fields
from kuule.workbench.register_desk.register_member import RegisterMember
from kuule.workbench.register_desk.typed_values import typed_fields_of
from kuule.workbench.translation_desk.text_markup import mark_up_text

_CODE = re.compile(r"`([^`\n]+)`")
AnswerRow = tuple[str, str]
"""What was coded, and how."""


@dataclass(frozen=True, slots=True)
class ValueWords:
    """One value of a cell, for one member on one day."""

    who: RegisterMember
    cell: RegisterCell
    value: LegalValue
    today: date

    @property
    def is_standing(self) -> bool:
        return self.value in self.cell.standing

    @property
    def is_rejected(self) -> bool:
        named = [one for one in self.cell.decisions if self.value.id in (*one.keeps, *one.rejects)]
        return bool(named) and self.value.id in sorted(named, key=lambda one: one.on)[-1].rejects

    @property
    def is_due(self) -> bool:
        return self.is_standing and self.value.is_due(self.today)

    @property
    def is_mine(self) -> bool:
        return self.who.is_own(self.value.coded_by)

    @property
    def introduction(self) -> Markup:
        """Who says it. Only a statute is the law; somebody's ranking never is."""
        if self.value.source.is_law and not self.cell.provision.ranking:
            return say("law_says")
        return say("according_to", source=self.source_kind)

    @property
    def source_kind(self) -> Markup:
        return say(f"source_{self.value.source.kind.replace('-', '_')}")

    @property
    def status(self) -> Markup:
        return say(f"status_{self.value.status.replace('-', '_')}")

    @property
    def offences(self) -> Markup:
        return say(f"offences_{self.value.offences}")

    @property
    def answer(self) -> tuple[AnswerRow, ...]:
        return answer_rows(self.value.answer, self.cell.provision)

    @property
    def may_change(self) -> bool:
        return self.who.may_change(self.cell, self.value)

    @property
    def may_confirm(self) -> bool:
        return self.who.may_confirm(self.cell, self.value)

    @property
    def may_disagree(self) -> bool:
        return self.who.may_disagree(self.cell, self.value)

    @property
    def may_look_again(self) -> bool:
        return self.who.may_look_again(self.cell, self.value)

    @property
    def may_judge(self) -> bool:
        return self.who.is_judge_of(self.value)


def mark_up_instructions(text: str) -> Markup:
    """How a provision is coded, escaped, with what stands between backticks as the files have it."""
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else mark_up_text(part)
        for number, part in enumerate(_CODE.split(text))
    )


def answer_rows(answer: Answer | None, provision: Provision) -> tuple[AnswerRow, ...]:
    """A coded answer, field by field, in the words of the form."""
    if answer is None:
        return ()
    fields = answer_fields(provision)
    shown = typed_fields_of({"answer": answer.model_dump(mode="json")}, fields)
    return tuple(
        (one.label, dict(one.choices).get(shown[one.name], shown[one.name])) for one in fields if shown[one.name]
    )
