"""What an act of the audit trail was done to, in the language of the page. An entry is kept in English; what in it is a
word of ours is said here, and names, codes and hashes stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from kuule.languages.cldr.tags import is_language_tag
from kuule.workbench.member_words.saying import has_words, say, say_comma, say_language

_FACTORS = {
    "app for codes": "account_codes_app",
    "passkey": "account_passkey_row",
    "recovery codes": "codes",
}


def say_act_object(what: str, on: str) -> Markup:
    """The object `on` of the act `what`, as the audit trail has both."""
    pattern, said = _OBJECTS.get(what, ("", _name))
    found = re.fullmatch(pattern, on) if pattern else None
    return said(*found.groups("")) if found else _name(on)


def _name(text: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(text)


def _row(*parts: str) -> Markup:
    return escape(say_comma()).join(map(escape, parts))


def _role(role: str) -> Markup:
    name = f"role_{role}"
    return say(name) if has_words(name) else _name(role)


def _member(role: str, who: str) -> Markup:
    return _row(_role(role), _name(who))


def _changed_role(name: str, before: str, after: str, more: str) -> Markup:
    roles = say("audit_on_role", before=_role(before), after=_role(after))
    return Markup("{}: {}{}").format(_name(name), roles, _name(more) if more else "")


def _factor(factor: str) -> Markup:
    return say(_FACTORS[factor])


def _no_links(organisation: str) -> Markup:
    return Markup("{}: {}").format(_name(organisation), say("audit_on_no_links"))


def _edition(short: str) -> Markup:
    return say("study_edition", edition=short)


def _archive(short: str, number: str) -> Markup:
    return _row(_edition(short), say("audit_on_answers", number=int(number)))


def _frozen(short: str, fingerprint: str) -> Markup:
    # Groups of digits would be turned round between words that run from the right.
    in_order = Markup('<bdi dir="ltr">{}</bdi>').format(fingerprint)
    return _row(_edition(short), say("audit_on_key", fingerprint=in_order))


def _replaced(file: str, digest: str, before: str) -> Markup:
    """Without a hash for a file that was not there before, or that is not there any more."""
    instead = [say("audit_on_instead", digest=before)] if before else []
    return _row(*map(_name, filter(None, (file, digest))), *instead)


def _document(tag: str, kind: str, since: str) -> Markup:
    parts = [say_language(tag) if is_language_tag(tag) else _name(tag), _name(kind)]
    return _row(*parts, say("study_print_since", edition=since)) if since else _row(*parts)


def _ended() -> Markup:
    return say("audit_on_ended")


_MEMBER = (r"([a-z]+), (.+)", _member)
_OF_A_FACTOR = (f"({'|'.join(_FACTORS)})", _factor)
_REPLACED = (r"(\S+), ([0-9a-f]*), instead of ([0-9a-f]*)", _replaced)
_OBJECTS: Mapping[str, tuple[str, Callable[..., Markup]]] = {
    "joined": _MEMBER,
    "began anew": _MEMBER,
    "invited": _MEMBER,
    "took an invitation back": _MEMBER,
    "changed a member": (r"(.+): ([a-z]+) to ([a-z]+)((?: [+-]\S+)*)", _changed_role),
    "added a second factor": _OF_A_FACTOR,
    "renewed a second factor": _OF_A_FACTOR,
    "removed a second factor": _OF_A_FACTOR,
    "gave links": (r"(.+): none", _no_links),
    "downloaded the archive": (r"edition (\S+), (\d+) sealed answers", _archive),
    "downloaded an edition": (r"edition (\S+)", _edition),
    "froze an edition": (r"edition (\S+), key ([0-9 ]+)", _frozen),
    "took a questionnaire": _REPLACED,
    "changed a file": _REPLACED,
    "downloaded the questionnaire as a document": (r"([\w-]+), (\w+)(?:, since edition (\S+)|)", _document),
    "closed all accounts": ("the study has ended", _ended),
}
"""By act: how its object is written where it has words of ours, and what says it."""
