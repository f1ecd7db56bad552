"""Which pages are another than before: by what a person sees and by who sees it, in the languages that are looked
at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item
from kuule.preview.previewed_study import PreviewedStudy

WELCOME = "welcome"
"""The key of the first page. No page of a form has it, since theirs are paths."""


def changed_pages(before: PreviewedStudy, now: PreviewedStudy, tags: Iterable[str]) -> tuple[str, ...]:
    """The keys of pages that are new or another in one of these languages, in their order. A page that is gone is none
    of them."""
    changed: set[str] = set()
    for tag in {*tags}.intersection(before.tags, now.tags):
        earlier, later = _pages(before, tag), _pages(now, tag)
        changed.update(key for key, page in later.items() if earlier.get(key) != page)
    return tuple(key for key in _pages(now, now.tags[0]) if key in changed)


def _pages(study: PreviewedStudy, tag: str) -> Mapping[str, object]:
    settings, texts = study.folder.settings, study.edition.texts(tag)
    first = [texts.get(key, "") for key in ("study:title", "study:welcome/name", "study:welcome/for_whom")]
    found: dict[str, object] = {WELCOME: (*first, settings.languages[tag], settings.identity, settings.organisation)}
    asked = (item for item in study.folder.form.items if item.page_key)
    for key, items in groupby(asked, key=lambda item: item.page_key):
        found[key] = tuple(_item(study.folder.form, item, texts) for item in items)
    return found


def _item(form: Form, item: Item, texts: Mapping[str, str]) -> object:
    parts = item.path.split("/")
    around = ["/".join(parts[:end]) for end in range(2, len(parts) + 1)]
    labels = [texts.get(f"form:{path}:label", "") for path in around]
    routes = [form.relevant[path].text for path in around if path in form.relevant]
    said = [texts.get(key, "") for key in item.text_keys.values()]
    question = form.body.questions.get(item.path)
    listed = question.choices.listed if question is not None and question.choices is not None else ()
    choices = [(one.value, texts.get(one.key, "")) for one in listed]
    media = [] if question is None else [texts.get(key, "") for key in question.media.values()]
    constraint = "" if question is None or question.constraint is None else question.constraint.text
    shown = (item.control, item.appearance, item.required, constraint)
    return (item.path, shown, *labels, *routes, *said, *choices, *media)
