"""The texts of a page in one language: labels with their outputs filled in, and choices with their labels."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.localised_texts import LocalisedTexts
from kuule.forms.instance.offered_choices import OfferedChoice, offered_choices
from kuule.forms.instance.response import Response
from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.choices import NO_MEDIA, Choice, Media
from kuule.forms.model.form_texts import fill_outputs
from kuule.forms.model.paths import instances_around, without_positions
from kuule.forms.model.text_keys import IMAGE_DESCRIPTION
from kuule.forms.navigation.page import RepeatInstance
from kuule.languages.markup.fallback_text import in_language_of


class FilledTexts:
    """The texts for one response, in the response's language unless another vocabulary is given."""

    def __init__(self, response: Response, vocabulary: LocalisedTexts | None = None) -> None:
        self._response = response
        self._vocabulary = response.texts if vocabulary is None else vocabulary

    def text(self, key: str, node: FormNode) -> str:
        """The text with that key as it reads at one node. It is "" for an empty key and for a key that the form does
        not have."""
        static = self._vocabulary.static_texts.get(key)
        if static is not None:
            return static
        form_text = self._response.form.texts.get(key)
        if form_text is None:
            return ""
        context = self._response.context
        if form_text.dynamic is not None:
            return form_text.dynamic.string(node, context)
        template = self._vocabulary.template(key)
        if "${" not in template:
            self._vocabulary.static_texts[key] = template
            return template

        def value_of(name: str) -> str | None:
            formula = form_text.outputs.get(name)
            return None if formula is None else formula.string(node, context)

        return in_language_of(fill_outputs(template, value_of), template)

    def reads_below(self, key: str, path: str) -> bool:
        """Whether a text reads a node below `path`. The label of a repeat that does so names an answer in the
        instance."""
        text = self._response.form.texts.get(key)
        if text is None:
            return False
        formulas = [*text.outputs.values(), *([text.dynamic] if text.dynamic is not None else [])]
        return any(reading.path.startswith(f"{path}/") for formula in formulas for reading in formula.reads)

    def media(self, keys: Mapping[str, str], node: FormNode) -> Media:
        """The files whose names are the texts with these keys, by kind (image, audio), with the description of the
        picture."""
        if not keys:
            return NO_MEDIA
        texts = {kind: self.text(key, node) for kind, key in keys.items()}
        return Media(texts.get("image", ""), texts.get("audio", ""), texts.get(IMAGE_DESCRIPTION, ""))

    def is_same_for_everyone(self, question: QuestionDefinition) -> bool:
        """Whether the words and choices of a question are the same in every visit. This is known only after they were
        asked for once."""
        known = self._vocabulary
        if question.path in known.static_questions:
            return True
        texts = self._response.form.texts
        keys = (question.label, question.hint, question.guidance, *question.media.values())
        static = all(key in known.static_texts or key not in texts for key in keys)
        if not static or (question.choices is not None and question.path not in known.static_choices):
            return False
        known.static_questions.add(question.path)
        return True

    def choice(self, offer: OfferedChoice, node: FormNode) -> Choice:
        label = self.text(offer.key, node) if offer.key else offer.label
        keys = self._response.form.choice_media.get(offer.key) if offer.key else None
        return Choice(offer.value, label or offer.value, self.media(keys, node) if keys else NO_MEDIA)

    def choices(self, question: QuestionDefinition, node: FormNode) -> tuple[Choice, ...]:
        """The choices that a question offers at one of its nodes, with their labels; () for a question without
        choices."""
        source = question.choices
        if source is None:
            return ()
        known = self._vocabulary.static_choices.get(question.path)
        if known is not None:
            return known
        found = tuple(self.choice(offer, node) for offer in offered_choices(self._response.context, question, node))
        if source.constant and all(not one.key or one.key in self._vocabulary.static_texts for one in source.listed):
            self._vocabulary.static_choices[question.path] = found
        return found


def repeat_instances_around(
    response: Response, filled_texts: FilledTexts, instance_path: str
) -> tuple[RepeatInstance, ...]:
    """The repeat instances that contain an instance path (`/data/child[2]/age`), outermost first. Repeats without a
    label are left out."""
    found = []
    for at, position in instances_around(instance_path):
        repeat, node = response.form.body.repeats.get(without_positions(at)), response.node(at)
        label = "" if repeat is None or node is None else filled_texts.text(repeat.label, node).strip()
        if repeat is not None and label:
            names_instance = filled_texts.reads_below(repeat.label, repeat.path)
            found.append(RepeatInstance(label, 0 if names_instance else position))
    return tuple(found)
