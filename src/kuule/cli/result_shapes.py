"""What each command gives a program with `--json`: the fields of `result`. docs/reference/schemas/output has them as
JSON Schema, and tests hold the examples of the help to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kuule.cli.json_shapes import (
    ANY,
    COUNT,
    COUNTS,
    FIGURE,
    FLAG,
    MAYBE,
    TEXT,
    ResultShape,
    either,
    fields,
    many,
    texts,
)

TEXTS = many(TEXT)
FILES = fields(files=TEXTS)
_FIELD = fields(study=TEXT, phase=TEXT, changed=FLAG, opens=MAYBE, closes=MAYBE, finish_until=MAYBE, paused_until=MAYBE)
LINES = fields(lines=TEXTS)
ADDRESS = fields(address=TEXT)
ACT = fields(act=TEXT)
NUMBER = fields(number=COUNT)
TABLE = fields(rows=many({"type": "object", "additionalProperties": TEXT}))
PAGES = fields(folder=TEXT, written=COUNT, removed=COUNT)
_CHECKED = {"errors": COUNT, "warnings": COUNT}
_REGISTER_TABLE = fields(rows=many({"type": "object", "additionalProperties": TEXT}), lines=TEXTS)
_PRINTED = fields(preview=TEXTS)
_FINDING = fields(check=TEXT, state={"enum": ["ok", "warning", "missing"]}, told=TEXT, remedy=TEXT)
_HEALTH = fields(check=TEXT, state={"enum": ["well", "look", "broken", "unknown"]}, told=TEXT)
_KNOWN = {"version": TEXT, **dict.fromkeys(("study", "edition", "key", "phase"), MAYBE), "checks": many(_HEALTH)}
_HOST = fields(**_KNOWN, store_version=FIGURE, backup_days=FIGURE, look=COUNT, broken=COUNT)
_HIDDEN = dict.fromkeys(("country", "name", "by", "reason", "on"), TEXT)
_CELL = fields(country=TEXT, kind=TEXT, gender=TEXT, state=TEXT, services=TEXTS, waived=FLAG)
_LEFT = {"missing": many(_CELL), "languages": TEXTS, "same_number": TEXTS}
_AGREED = {"code": TEXT, "texts": COUNT, "having": COUNT, "agreement": FIGURE, "alpha": FIGURE, "meaning": TEXT}
_FIGURE = fields(
    name=TEXT,
    question=TEXT,
    groups=many(fields(group=TEXT, base=COUNT)),
    answers=many(fields(answer=TEXT, counts=many(COUNT))),
)
_STATUS = {"datasets": TEXTS, **dict.fromkeys(("texts", "answers", "withdrawn", "acts", "disagreements"), COUNT)}
_STATUS |= dict.fromkeys(("by_language", "by_item", "redaction", "coding", "leave"), COUNTS)

RESULTS: Mapping[str, ResultShape] = {
    "new": fields(study=TEXT, files=TEXTS, warnings=COUNT),
    "import": fields(
        study=TEXT, program=TEXT, questions=COUNT, languages=TEXTS, not_taken=texts("place", "what", "why")
    ),
    "check": fields(study=TEXT, **_CHECKED, closed=TEXTS),
    "preview": ADDRESS,
    "print": FILES,
    "schema": fields(schema=ANY),
    "ethics": fields(files=TEXTS, blanks=COUNT),
    "calendar": fields(
        study=TEXT,
        days=many(fields(id=TEXT, day=TEXT, due=FLAG, title=TEXT, what=TEXT, commands=TEXTS)),
        unknown=texts("place", "why"),
        file=MAYBE,
    ),
    "freeze": fields(folder=TEXT, edition=TEXT, key=TEXT, rehearsal=FLAG, closed=TEXTS),
    **dict.fromkeys(("serve", "workbench"), ADDRESS),
    "deploy": fields(
        study=TEXT,
        applied=FLAG,
        files=many(fields(path=TEXT, state=TEXT, what=TEXT, kept_as=MAYBE)),
        made=TEXTS,
        checks=texts("what", "state", "told"),
        acts=TEXTS,
        left_to_do=TEXTS,
    ),
    "invite": fields(link=TEXT),
    "archive": fields(archive=TEXT, envelopes=COUNT, bytes=COUNT),
    **dict.fromkeys(("close", "reopen", "launch"), _FIELD),
    "hide": fields(hidden=texts("country", "name", "kind"), others=COUNT, changed=FLAG, still_shown=TEXTS, **_LEFT),
    "retention": fields(study=TEXT, items=many(fields(what=TEXT, state=TEXT, until=MAYBE, on=MAYBE))),
    **dict.fromkeys(("end collector", "end analyst", "end workbench"), fields(study=TEXT, done=TEXTS, waits_for=MAYBE)),
    "end certificate": fields(files=TEXTS, study=TEXT, sha256=TEXT),
    "end site": fields(folder=TEXT, pages=COUNT, languages=TEXTS),
    "end verify": fields(study=TEXT, sha256=TEXT, signatures=many(fields(name=TEXT, key=TEXT, known=FLAG))),
    "backup": fields(
        backup=TEXT, study=TEXT, answers=COUNT, withdrawn=COUNT, files=COUNT, bytes=COUNT, sealed=FLAG, removed=TEXTS
    ),
    "restore": fields(
        backup=TEXT, study=TEXT, day=TEXT, answers=COUNT, withdrawn=COUNT, files=COUNT, database=MAYBE, folder=MAYBE
    ),
    "counts": fields(counting=FLAG, counts=many(fields(kind=TEXT, name=TEXT, label=TEXT, at_least=COUNT))),
    "open": fields(
        dataset=TEXT, responses=COUNT, taken_back=COUNT, duplicates=COUNT, unopened=TEXTS, missing_keys=TEXTS
    ),
    "forget": fields(place=TEXT, taken_out=COUNT),
    "lock": fields(dataset=TEXT, taken_out=COUNT),
    "export": fields(files=TEXTS, locked=FLAG),
    "analyse": fields(files=TEXTS, tables=COUNT, tests=COUNT, locked=FLAG),
    "report": either(FILES, _PRINTED, fields(audit=TEXTS), fields(preview=TEXTS, audit=TEXTS)),
    "publish": fields(
        folder=TEXT, files=COUNT, languages=TEXTS, left_out=TEXTS, heaviest=fields(page=TEXT, bytes=COUNT)
    ),
    "brief": FILES,
    "kit": either(fields(kits=many(fields(folder=TEXT, files=TEXTS, draft=FLAG))), fields(stale=TEXTS)),
    "rehearse": fields(**dict.fromkeys(("sent", "stopped", "left", "withdrawn", "paused", "closed"), COUNT)),
    "status": either(_HOST, fields(metrics=TEXT), ADDRESS),
    "verify": either(
        fields(
            site=TEXT,
            at=TEXT,
            open=FLAG,
            edition=MAYBE,
            fingerprint=MAYBE,
            languages=TEXTS,
            checks=many(fields(check=TEXT, state={"enum": ["ok", "warning", "wrong"]}, told=TEXT)),
            pages=many(fields(address=TEXT, status=COUNT, bytes=COUNT, sha256=MAYBE)),
            requests=COUNT,
            wrong=COUNT,
            warnings=COUNT,
            page=MAYBE,
        ),
        fields(site=TEXT, at=TEXT, changes=TEXTS, wrong=COUNT, warnings=COUNT),
    ),
    "demo": either(fields(what=TEXT, address=TEXT), fields()),
    "desk": ADDRESS,
    "completion": fields(shell=TEXT, script=TEXT),
    "upgrade": fields(
        version=TEXT,
        parts=many(
            fields(
                place=TEXT,
                format=TEXT,
                number=COUNT,
                becomes=COUNT,
                migrations=TEXTS,
                seconds=FIGURE,
                bytes=COUNT,
                return_to=MAYBE,
            )
        ),
        studies=TEXTS,
        stop=TEXTS,
        formats=many(fields(format=TEXT, written=COUNT, read=many(COUNT), since=TEXT, kept=TEXT)),
    ),
    "doctor": fields(role=MAYBE, checks=many(_FINDING), missing=COUNT, warnings=COUNT),
    "answers dataset": either(fields(rows=texts("what", "value")), fields(figures=many(_FIGURE))),
    "answers themes": fields(
        codes=many(fields(code=TEXT, with_below=COUNT, answers=COUNT)), coded=COUNT, single=COUNT, disputed=COUNT
    ),
    "answers compare": fields(texts=texts("id", "state", "gave", "did_not")),
    "answers list": fields(
        texts=many(fields(id=TEXT, item=TEXT, language=TEXT, redaction=TEXT, coding=TEXT, leave=TEXT, length=COUNT))
    ),
    "answers show": fields(words=TEXT),
    "answers redact": ACT,
    "answers code": ACT,
    "answers decide": ACT,
    "answers codings": fields(state=TEXT, codings=texts("role", "code", "span", "note"), memos=TEXTS),
    "answers translate": ACT,
    "answers memo": ACT,
    "answers codebook": fields(
        codes=many(fields(code=TEXT, definition=TEXT, retired=FLAG, answers=COUNT, with_below=COUNT))
    ),
    "answers count": fields(codes=texts("item", "code", "name")),
    "answers define": fields(code=TEXT),
    "answers quotes list": fields(quotes=texts("number", "state", "group", "translations", "leave", "text", "quote")),
    "answers quotes propose": NUMBER,
    "answers quotes renumber": NUMBER,
    "answers quotes translate": ACT,
    "answers quotes review": ACT,
    "answers quotes check": fields(
        number=COUNT,
        words=TEXT,
        translations={"type": "object", "additionalProperties": TEXT},
        group=TEXT,
        facts={"type": "object", "additionalProperties": TEXTS},
    ),
    "answers quotes release": NUMBER,
    "answers quotes refuse": ACT,
    "answers quotes withdraw": ACT,
    "answers quotes export": fields(files=TEXTS, quotes=COUNT, absent=COUNT),
    "database new": fields(database=TEXT),
    "identifiers suggest": fields(suggestions=texts("mark", "rule", "recall")),
    "identifiers coverage": fields(coverage=many(fields(language=TEXT, category=TEXT, means=TEXTS))),
    "identifiers measure": fields(
        recalls=many(fields(language=TEXT, category=TEXT, found=COUNT, planted=COUNT, false_alarms=COUNT))
    ),
    "keys new": fields(files=TEXTS, fingerprint=TEXT, words=TEXT),
    "keys show": {
        "type": "object",
        "properties": dict.fromkeys(("key_id", "for", "file", "fingerprint", "in_words"), TEXT),
        "required": ["key_id", "for", "file"],
        "additionalProperties": False,
    },
    "keys list": fields(
        keys=many(fields(**{"key_id": TEXT, "for": MAYBE, "kind": MAYBE, "file": MAYBE, "destroyed": MAYBE}))
    ),
    "keys destroyed": fields(files=TEXTS, key_id=TEXT),
    "network check": fields(study=TEXT, **_CHECKED),
    "network statement": fields(partners=texts("code", "name", "state", "on")),
    "network site": PAGES,
    "onion backup": ADDRESS,
    "onion restore": ADDRESS,
    "project new": fields(files=TEXTS, texts=COUNT),
    "project status": fields(**_STATUS),
    "project take": fields(files=TEXTS, added=COUNT, withdrawn=COUNT),
    "project merge": fields(files=TEXTS, **dict.fromkeys(("acts", "texts", "withdrawn", "disagreements"), COUNT)),
    "project passphrase": FILES,
    "project history": fields(acts=texts("id", "day", "role", "kind", "about", "undone")),
    "project undo": ACT,
    "project export": fields(
        files=TEXTS, **dict.fromkeys(("texts", "codes", "codings", "memos", "not_redacted"), COUNT)
    ),
    "project import": fields(files=TEXTS, **dict.fromkeys(("codes", "memos", "coded_texts"), COUNT), left_out=COUNTS),
    "project disagreements": fields(disagreements=texts("kind", "about", "acts")),
    "project agreement": fields(
        codes=many(fields(**_AGREED, kappas={"type": "object", "additionalProperties": FIGURE}))
    ),
    "register check": fields(register=TEXT, **_CHECKED, values=COUNTS),
    "register show": _REGISTER_TABLE,
    "register due": _REGISTER_TABLE,
    "register agreement": _REGISTER_TABLE,
    "register export": FILES,
    "register site": PAGES,
    "register calendar": FILES,
    "register until": LINES,
    "release new": either(fields(release=TEXT, hash=TEXT, day=TEXT), _PRINTED),
    "release approve": fields(state=TEXT, is_enough=FLAG),
    "release list": TABLE,
    "release show": TABLE,
    "release recount": fields(release=TEXT, tables=COUNT),
    "support list": fields(
        services=texts("country", "name", "kind", "check", "phone", "languages", "hours", "gender", "url"),
        hidden=many(fields(**_HIDDEN)),
        countries=COUNT,
        checked=COUNT,
        total=COUNT,
        gaps=COUNT,
    ),
    "support gaps": fields(cells=many(_CELL), missing=COUNT),
    "support check": FILES,
    "support hide": fields(files=TEXTS, changed=FLAG, reckoned=FLAG, **_HIDDEN, **_LEFT),
    "translate export": FILES,
    "translate import": fields(
        files=many(
            fields(
                file=TEXT,
                language=TEXT,
                changes=many(fields(outcome=TEXT, why=TEXT, keys=TEXTS)),
                set_aside=COUNT,
            )
        )
    ),
    "translate memory": fields(files=TEXTS, translations=COUNT),
    "translate reuse": fields(
        languages=many(
            fields(
                language=TEXT,
                taken={"type": "object", "additionalProperties": TEXTS},
                ambiguous=TEXTS,
                missing=COUNT,
            )
        )
    ),
    "translate status": fields(
        languages=many({"type": "object", "properties": {"language": TEXT}, "additionalProperties": COUNT})
    ),
}
"""By the whole name of a command."""
_PROBLEM = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "pattern": "^[A-Z]+_[0-9]{3}$"},
        "severity": {"enum": ["error", "warning"]},
        **dict.fromkeys(("place", "cause", "remedy", "file", "key", "language"), TEXT),
        "line": COUNT,
    },
    "required": ["code", "severity", "place", "cause", "remedy"],
    "additionalProperties": False,
}


def output_schema(command: str) -> Mapping[str, Any]:
    """The JSON Schema of what a command says with `--json`. Raises KeyError if there is no such command."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"kuule {command} --json",
        **fields(
            format={"const": 1},
            command={"const": command},
            exit_code={"type": ["integer", "null"]},
            result={"anyOf": [RESULTS[command], {"type": "object", "maxProperties": 0}]},
            notes=TEXTS,
            problems=many(_PROBLEM),
        ),
    }
