"""The things that `kuule new` asks, as a person says them and as a study needs them.

Languages and countries are taken by their codes and by their names; whatever cannot be meant is a Problem at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NoReturn

from kuule.core.problems import KeyMaterialError, KuuleError, Problem
from kuule.core.suggestions import did_you_mean
from kuule.languages.cldr.tags import find_language, is_language_tag, locale_of
from kuule.languages.cldr.territories import find_territory, territory_names
from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.sealing.share_threshold import ShareThreshold
from kuule.study.settings.study_settings import Audience

TEMPLATE_LANGUAGE = "en"
WHOLE_KEY = "whole"
EMPTY_TEMPLATE = "empty"
TEMPLATES = (*map(str, Audience), EMPTY_TEMPLATE)
_LONGEST_NAME = 120
_LONGEST_ID = 64
_MOST_PARTNERS = 200
_LONGEST_CODE = 3
"""A word that is no longer was meant as a code, and looks like many a name."""


class NewStudyError(KuuleError):
    """A study folder cannot be begun as it was asked for."""


@dataclass(frozen=True, slots=True)
class NewStudyAnswers:
    """`template` is a word of `TEMPLATES`. `languages` are tags beside English, in which the templates are written;
    `countries` are ISO 3166-1 codes; `key_split` is like `2of3`, or `whole`."""

    organisation: str = "Example Organisation (write your own name here)"
    audience: Audience = Audience.SURVIVORS
    template: str = str(Audience.SURVIVORS)
    languages: tuple[str, ...] = ()
    key_split: str = "2of3"
    partners: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    title: str = ""


def read_organisation(said: str) -> str:
    """A name in one line. Raises NewStudyError NEW_002."""
    return _name(said, "organisation")


def read_title(said: str) -> str:
    """A title in one line, "" for that of the template. Raises NewStudyError NEW_002."""
    return _name(said, "title") if said.strip() else ""


def read_audience(said: str) -> Audience:
    """Who is asked. Raises NewStudyError NEW_003."""
    word = said.strip().casefold()
    if word not in set(Audience):
        words = [str(one) for one in Audience]
        _refuse("NEW_003", "for whom", f"{said!r} is no audience", did_you_mean(word, words, f"write {_one_of(words)}"))
    return Audience(word)


def read_template(said: str, audience: Audience) -> str:
    """A template: that of the audience, or the empty one. Raises NewStudyError NEW_003."""
    word = said.strip().casefold() or str(audience)
    if word not in TEMPLATES:
        _refuse("NEW_003", "template", f"{said!r} is no template", did_you_mean(word, TEMPLATES, _one_of(TEMPLATES)))
    if word not in {str(audience), EMPTY_TEMPLATE}:
        cause = f"the template {word!r} asks {word}, and the study asks {audience}"
        _refuse("NEW_003", "template", cause, f"take {audience} or {EMPTY_TEMPLATE}")
    return word


def read_languages(said: Sequence[str]) -> tuple[str, ...]:
    """Tags of languages beside English, each once. Raises NewStudyError NEW_004 with all that are not understood."""
    return tuple(tag for tag in _tags_of(said) if tag != TEMPLATE_LANGUAGE)


def read_language(said: str) -> str:
    """The tag of one language, which may be English. Raises NewStudyError NEW_004."""
    return _tags_of((said,))[0]


def _tags_of(said: Sequence[str]) -> tuple[str, ...]:
    tags, problems = [], []
    for word in _apart(said):
        tag = _tag(word)
        if tag:
            tags.append(tag)
        else:
            known = [find_language(tag).english for tag in shipped_languages()] if len(word) > _LONGEST_CODE else []
            near = did_you_mean(word.title(), known, 'write a tag like "sv" or "pt-BR"')
            problems.append(Problem("NEW_004", "languages", f"{word!r} is no language that CLDR knows", near))
    _raise(problems)
    return tuple(dict.fromkeys(tags))


def read_countries(said: Sequence[str]) -> tuple[str, ...]:
    """Codes of countries, each once. Raises NewStudyError NEW_005 with all that are not understood."""
    codes, problems = [], []
    for word in _apart(said):
        code = find_territory(word)
        if code:
            codes.append(code)
        else:
            known = territory_names("en").values() if len(word) > _LONGEST_CODE else ()
            near = did_you_mean(word.title(), known, "")
            remedy = f'{near} If not, write its code, like "SE"' if near else 'write its code, like "SE"'
            problems.append(Problem("NEW_005", "countries", f"{word!r} is no country of ISO 3166-1", remedy))
    _raise(problems)
    return tuple(dict.fromkeys(codes))


def read_key_split(said: str) -> str:
    """`2of3` and its like, or `whole`. Raises NewStudyError NEW_006."""
    word = said.strip().casefold()
    if word == WHOLE_KEY:
        return WHOLE_KEY
    try:
        threshold = ShareThreshold.from_text(word)
    except KeyMaterialError as error:
        [problem] = error.problems
        _refuse("NEW_006", "key split", problem.cause, f'{problem.remedy}; or "{WHOLE_KEY}" for a key in one file')
    return f"{threshold.needed}of{threshold.shares}"


def read_partners(said: Sequence[str]) -> tuple[str, ...]:
    """Names of partners. Raises NewStudyError NEW_002, or NEW_007 for one that is named twice or too many."""
    names = tuple(_name(word, "partners") for word in said)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        _refuse("NEW_007", "partners", f"{twice[0]!r} is named twice", "name each once")
    if len(names) > _MOST_PARTNERS:
        _refuse("NEW_007", "partners", f"{len(names)} partners are named", f"name {_MOST_PARTNERS} at most")
    return names


_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n"}
)
"""Letters that are no other letter with a mark: without this they would be left out."""


def study_id(folder_name: str) -> str:
    """The id of a study in a folder of that name. Raises NewStudyError NEW_008 if no letter or digit is left."""
    spelt = folder_name.lower().translate(_SPELT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")
    if not made:
        cause = f"no name of a study can be made of {folder_name!r}"
        remedy = "name the folder with a-z and digits, like my-study; --title takes any script"
        _refuse("NEW_008", "folder", cause, remedy)
    return made


def comma_parts(said: str) -> tuple[str, ...]:
    """What a person wrote in one line with commas between, without empty parts."""
    return tuple(part.strip() for part in said.split(",") if part.strip())


def _apart(said: Sequence[str]) -> list[str]:
    """Codes and names, of which some may be in one answer with commas between; none has one in it."""
    return [part for word in said for part in comma_parts(word) or (word,)]


def _name(said: str, place: str) -> str:
    name = said.strip()
    if not name or not name.isprintable():
        _refuse("NEW_002", place, f"{said!r} is no name", "write it in one line")
    if len(name) > _LONGEST_NAME:
        cause = f"it has {len(name)} characters"
        _refuse("NEW_002", place, cause, f"write {_LONGEST_NAME} at most")
    return name


def _tag(word: str) -> str:
    """The tag that is meant by a tag in any case, or by the English name of a language; or by its own, if Kuule has
    words in it."""
    first, *others = re.split(r"[-_]", word.strip())
    # In BCP 47 a script has four letters, and a country two or three signs.
    parts = [part.title() if len(part) == len("Latn") else part.upper() for part in others]
    written = "-".join([first.lower(), *parts])
    if is_language_tag(written):
        return written
    named = _languages().get(word.strip().casefold(), "")
    return named if is_language_tag(named) else ""


@cache
def _languages() -> Mapping[str, str]:
    """Languages by their English names; those that Kuule has words in also by their own."""
    of_cldr = {name.casefold(): tag.replace("_", "-") for tag, name in locale_of("en").languages.items()}
    known = [find_language(tag) for tag in shipped_languages()]
    return of_cldr | {name.casefold(): one.tag for one in known for name in (one.english, one.autonym)}


def _one_of(words: Sequence[str]) -> str:
    return f"one of {', '.join(words)}"


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise NewStudyError(*problems)


def _refuse(code: str, place: str, cause: str, remedy: str) -> NoReturn:
    raise NewStudyError(Problem(code, place, cause, remedy))
