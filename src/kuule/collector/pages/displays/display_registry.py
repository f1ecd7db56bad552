"""The display of each type of question: a new type has a row here, and a template where no other shows it."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.collector.pages.displays.choice_display import (
    AcknowledgeDisplay,
    RankDisplay,
    SelectManyDisplay,
    SelectOneDisplay,
)
from kuule.collector.pages.displays.date_time_display import DateDisplay, DateTimeDisplay, TimeDisplay
from kuule.collector.pages.displays.number_display import NumberDisplay, RangeDisplay, RatingDisplay
from kuule.collector.pages.displays.text_display import MultilineDisplay, TextDisplay
from kuule.collector.pages.displays.type_display import TypeDisplay
from kuule.forms.model.controls import Control

TYPE_DISPLAYS: Mapping[Control, TypeDisplay] = {
    Control.TEXT: TextDisplay(),
    Control.MULTILINE: MultilineDisplay(),
    Control.INTEGER: NumberDisplay(),
    Control.DECIMAL: NumberDisplay(),
    Control.RANGE: RangeDisplay(),
    Control.RATING: RatingDisplay(),
    Control.DATE: DateDisplay(),
    Control.TIME: TimeDisplay(),
    Control.DATETIME: DateTimeDisplay(),
    Control.SELECT_ONE: SelectOneDisplay(),
    Control.SELECT_MANY: SelectManyDisplay(),
    Control.RANK: RankDisplay(),
    Control.ACKNOWLEDGE: AcknowledgeDisplay(),
}
