"""Examples of every command, which its help shows last. tests/cli/examples runs each of them, in a folder that has what
they name."""

from __future__ import annotations

from collections.abc import Mapping

_DATABASE = "--database sqlite:///answers.sqlite3"
_VOICES = "voices.project"

AUTHORS: Mapping[str, tuple[str, ...]] = {
    "doctor": ("kuule doctor", "kuule doctor --role collector"),
    "completion": ("kuule completion bash",),
    "demo": ("kuule demo --responses 500 --once",),
    "new": ("kuule new club-survey --organisation 'A club' --language sv --key-split 2of3 --yes",),
    "import": ("kuule import form.md taken-study --organisation 'A club'",),
    "check": ("kuule check my-study", "kuule check my-study --json"),
    "preview": ("kuule preview my-study",),
    "print": ("kuule print my-study --to paper --format pdf --notes",),
    "schema": ("kuule schema study",),
    "ethics": ("kuule ethics my-study --to papers",),
    "support list": ("kuule support list my-study --country SE",),
    "support gaps": ("kuule support gaps my-study --country SE --csv gaps.csv",),
    "support check": ("kuule support check my-study SE Stödlinjen --by coordinator",),
    "translate export": ("kuule translate export my-study --to for-translators --language sv",),
    "translate import": ("kuule translate import my-study for-translators/sv.po --step review --by reviewer",),
    "translate memory": ("kuule translate memory my-study --to my-study.tmx",),
    "translate reuse": ("kuule translate reuse my-study --from my-study.tmx --only-say",),
    "translate status": ("kuule translate status my-study",),
    "network check": ("kuule network check my-study",),
    "network statement": ("kuule network statement my-study time-limits",),
    "network site": ("kuule network site my-study --to partner-pages",),
    "kit": ("kuule kit my-study --to kits --partner childx --language en --drafts",),
    "invite": ("kuule invite my-study --data accounts --role lead",),
    "workbench": ("kuule workbench my-study --data accounts",),
}
COLLECTORS: Mapping[str, tuple[str, ...]] = {
    "keys new": ("kuule keys new my-study --rehearsal --to keys",),
    "keys show": ("kuule keys show keys/my-study.rehearsal.public-key",),
    "keys list": ("kuule keys list keys",),
    "freeze": ("kuule freeze my-study --key keys/my-study.rehearsal.public-key --to edition --drafts",),
    "database new": (f"kuule database new {_DATABASE}",),
    "serve": (f"kuule serve edition {_DATABASE} --rehearsal --drafts",),
    "rehearse": ("kuule rehearse edition --responses 20",),
    "status": (f"kuule status edition {_DATABASE}", f"kuule status edition {_DATABASE} --metrics"),
    "verify": ("kuule verify http://127.0.0.1:8000 --edition edition --page verified.html",),
    "upgrade": (
        f"kuule upgrade edition --check {_DATABASE}",
        f"kuule upgrade edition {_DATABASE} --study my-study --backup-made",
    ),
    "counts": (f"kuule counts edition {_DATABASE}",),
    "launch": (f"kuule launch edition {_DATABASE} --study my-study",),
    "close": (f"kuule close edition {_DATABASE} --study my-study --finish-days 3",),
    "reopen": (f"kuule reopen edition {_DATABASE} --study my-study",),
    "archive": (f"kuule archive edition answers.archive {_DATABASE}",),
    "backup": (f"kuule backup backups --edition edition {_DATABASE} --study my-study",),
    "restore": ("kuule restore backups --study my-study",),
    "open": ("kuule open answers.archive --key keys/my-study.rehearsal.secret-key --to practice-answers",),
    "forget": ("kuule forget answers.archive --dataset practice-answers",),
    "lock": ("kuule lock practice-answers --archive answers.archive",),
    "keys destroyed": (
        "kuule keys destroyed keys/my-study.rehearsal.public-key --study my-study --on 2026-11-01 --by 'data steward'",
    ),
    "deploy": ("kuule deploy host.toml --plan --root machine",),
    "onion backup": ("kuule onion backup /var/lib/tor/kuule onion-key.backup",),
    "onion restore": ("kuule onion restore onion-key.backup /var/lib/tor/new",),
}
READERS: Mapping[str, tuple[str, ...]] = {
    "export": ("kuule export dataset --format sav --language en --to for-spss",),
    "analyse": ("kuule analyse dataset --item told --by residence --to analysis",),
    "project new": (f"kuule project new dataset --to {_VOICES} --as lead",),
    "project status": (f"kuule project status {_VOICES} --dataset dataset",),
    "project take": (f"kuule project take {_VOICES} dataset --as lead",),
    "identifiers coverage": (f"kuule identifiers coverage {_VOICES}",),
    "identifiers measure": ("kuule identifiers measure en.txt",),
    "answers list": (f"kuule answers list {_VOICES} --waiting redact --as reader-1",),
    "answers show": (f"kuule answers show {_VOICES} da842741",),
    "identifiers suggest": (f"kuule identifiers suggest {_VOICES} da842741",),
    "answers redact": (
        f"kuule answers redact {_VOICES} da842741 --as reader-1 --mark 3-13:relative --done",
        f"kuule answers redact {_VOICES} da842741 --as reader-2 --mark 3-13:relative --done",
    ),
    "answers translate": (f"kuule answers translate {_VOICES} 5c1d09aa --as reader-2 --into en",),
    "answers define": (
        f"kuule answers define {_VOICES} 'Being asked' --as lead --definition 'Somebody wishes that others ask.'",
    ),
    "answers code": (
        f"kuule answers code {_VOICES} da842741 --as reader-1 --code 'Being asked' --done",
        f"kuule answers code {_VOICES} da842741 --as reader-2 --done",
    ),
    "answers memo": (f"kuule answers memo {_VOICES} --as reader-1 --code 'Being asked'",),
    "answers codebook": (f"kuule answers codebook {_VOICES}",),
    "answers codings": (f"kuule answers codings {_VOICES} da842741 --as lead",),
    "answers compare": (f"kuule answers compare {_VOICES} 'Being asked'",),
    "answers decide": (
        f"kuule answers decide {_VOICES} da842741 --as lead --code 'Being asked' --reason 'It says that nobody asked.'",
    ),
    "answers themes": (f"kuule answers themes {_VOICES} --item wish",),
    "answers dataset": (f"kuule answers dataset {_VOICES} dataset",),
    "project disagreements": (f"kuule project disagreements {_VOICES}",),
    "project agreement": (f"kuule project agreement {_VOICES}",),
    "project history": (f"kuule project history {_VOICES} --as reader-1",),
    "project undo": (f"kuule project undo {_VOICES} 9f0e31c2 --as reader-1",),
    "project export": (f"kuule project export {_VOICES} --to to-code.qdpx --as reader-1",),
    "project import": (f"kuule project import {_VOICES} to-code.qdpx --as reader-1",),
    "project merge": (f"kuule project merge {_VOICES} voices-2.project",),
    "project passphrase": (f"kuule project passphrase {_VOICES}",),
    "desk": (f"kuule desk {_VOICES} --as reader-1 --study my-study --country FI",),
}
PUBLISHERS: Mapping[str, tuple[str, ...]] = {
    "report": ("kuule report dataset --dry-run", "kuule report dataset --to report --drafts"),
    "answers count": (f"kuule answers count {_VOICES} dataset --question wish",),
    "release new": ("kuule release new dataset --to releases/1 --text my-study",),
    "release list": ("kuule release list releases",),
    "release show": ("kuule release show releases/1",),
    "release recount": ("kuule release recount releases/1 dataset",),
    "release approve": ("kuule release approve releases/1 --name 'Anna Virtanen' --role 'lead of the study'",),
    "publish": ("kuule publish releases/1 --to site --preview --drafts --no-pdf",),
    "brief": (
        "kuule brief releases/1 --register law --country FI --provision limitation --text briefs --to brief --drafts",
    ),
    "answers quotes propose": (f"kuule answers quotes propose {_VOICES} da842741 --as reader-1",),
    "answers quotes list": (f"kuule answers quotes list {_VOICES}",),
    "answers quotes translate": (f"kuule answers quotes translate {_VOICES} 12 --as reader-1 --into ar",),
    "answers quotes review": (f"kuule answers quotes review {_VOICES} 12 --as lead --into ar",),
    "answers quotes check": (f"kuule answers quotes check {_VOICES} 12 --release releases/1",),
    "answers quotes release": (f"kuule answers quotes release {_VOICES} 12 --as reader-2 --release releases/1",),
    "answers quotes export": (f"kuule answers quotes export {_VOICES} --release releases/1 --to quotes.json",),
    "answers quotes withdraw": (f"kuule answers quotes withdraw {_VOICES} 12 --as lead",),
    "answers quotes refuse": (f"kuule answers quotes refuse {_VOICES} 13 --as lead --reason rare",),
    "answers quotes renumber": (f"kuule answers quotes renumber {_VOICES} 5d0c7a1e --as lead",),
}
LAWYERS: Mapping[str, tuple[str, ...]] = {
    "register check": ("kuule register check law",),
    "register show": ("kuule register show law FI", "kuule register show law"),
    "register due": ("kuule register due law --on 2027-06-30",),
    "register agreement": ("kuule register agreement law",),
    "register export": ("kuule register export law --format csv --to law-as-tables",),
    "register site": ("kuule register site law --to law-pages",),
    "register calendar": ("kuule register calendar law --to calendars",),
    "register until": ("kuule register until law FI",),
}
EXAMPLES: Mapping[str, tuple[str, ...]] = {**AUTHORS, **COLLECTORS, **READERS, **PUBLISHERS, **LAWYERS}
"""By the whole name of a command, in an order in which they can be run one after the other."""
