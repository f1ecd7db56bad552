"""Every address of the workbench, as its own list has them, posted to and opened by every role: none is forgotten.

What each address asks for stands in ROUTES; the table of roles says who has it. A new address fails here until it is
given a row.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kuule.network.statement_texts import STATEMENT_ID
from kuule.releases.lineage import read_releases
from kuule.store.database import close_connections, configure
from kuule.study.folder.partner_files import PARTNER_CODE
from kuule.workbench.roles import COUNTRY_PERMISSIONS, Member, Permission, Role, may
from kuule.workbench.study_desk.text_files import TextFile
from tests.loaded.loaded_process import run_loaded
from tests.prepared import prepare_copy
from tests.sampling import matrix
from tests.study.small_study import make_study
from tests.workbench.accounts_file import asked
from tests.workbench.conftest import LINKS
from tests.workbench.register_desk.coders import make_register
from tests.workbench.release_desk.shelf import make_shelf
from tests.workbench.workbench_for_tests import Visitor, Workbench, running_workbench

_LIST = """
from pathlib import Path
import sys
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
from kuule.workbench.configuration.workbench_site import start_site
start_site(WorkbenchOptions(study=Path(sys.argv[1]), data=Path(sys.argv[2])))
from django.urls import get_resolver
def walk(patterns, before=""):
    for one in patterns:
        address = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            walk(one.url_patterns, address)
        else:
            print(address)
walk(get_resolver().url_patterns)
"""
EVERYBODY, OWN = "everybody", "own account"
"""Addresses that ask no role: before signing in, and a member's own account."""


@dataclass(frozen=True)
class Route:
    """An address as somebody would ask for it. `needs` is an action (in Swedish, where it is one in a language)."""

    path: str
    needs: Permission | str
    post: Mapping[str, str] | None = None
    """A form; what it asks for, where it is not `needs`, stands in `posting`."""
    posting: tuple[Permission, ...] = ()
    other: str = ""
    """The same in a language, or a country, that is not the member's."""


_TEXT = "key=study:title"
_CELL, _UNIT = "/register/FI/limitation", "/register/rounds/limits/FI/age-of-consent"
ROUTES: Mapping[str, Route] = {
    "": Route("/", Permission.SEE_STUDY),
    "link/<slug:code>": Route("/link/k7", Permission.SWITCH_LINK, {"on": "no"}),
    "people": Route("/people", Permission.INVITE, {"role": "nobody"}),
    "people/<int:person_id>/renew": Route("/people/{viewer}/renew", Permission.CHANGE_MEMBER),
    "people/<int:person_id>/change": Route("/people/{viewer}/change", Permission.CHANGE_MEMBER, {"role": "nobody"}),
    "people/<int:person_id>/remove": Route("/people/{viewer}/remove", Permission.CHANGE_MEMBER),
    "people/invitation/<int:invitation_id>/take-back": Route("/people/invitation/999/take-back", Permission.INVITE, {}),
    "people/organisation/<int:organisation_id>/links": Route(
        "/people/organisation/1/links", Permission.INVITE, {"link": "k7"}
    ),
    "audit": Route("/audit", Permission.SEE_AUDIT, {}),
    "archive": Route("/archive", Permission.DOWNLOAD_ARCHIVE, {"edition": "none"}),
    "statements/": Route("/statements/", Permission.SEE_STUDY, {}),
    "statements/^STATEMENT$": Route(
        "/statements/none", Permission.SEE_STUDY, {"go": "sign"}, (Permission.SIGN_STATEMENT,)
    ),
    "own": Route("/own", Permission.SEE_STUDY, {}),
    "translate/": Route("/translate/", Permission.SEE_STUDY, {}),
    r"translate/^media/(?P<name>[0-9a-f]{24}[0-9x-]*\.[a-z0-9]{3,4})$": Route(
        f"/translate/media/{24 * '0'}-1x1.png", Permission.SEE_STUDY
    ),
    "translate/^TAG$": Route("/translate/sv", Permission.SEE_LANGUAGE, {}, other="/translate/ar"),
    "translate/^TAG/text$": Route(
        f"/translate/sv/text?{_TEXT}", Permission.SEE_LANGUAGE, other=f"/translate/ar/text?{_TEXT}"
    ),
    "translate/^TAG/page$": Route(
        f"/translate/sv/page?{_TEXT}", Permission.SEE_LANGUAGE, {}, other=f"/translate/ar/page?{_TEXT}"
    ),
    "register/": Route("/register/", Permission.SEE_COUNTRY, {}),
    "register/rounds": Route(
        "/register/rounds", Permission.SEE_COUNTRY, {"id": "!"}, (Permission.RUN_ROUND,)
    ),
    "register/^rounds/NAME$": Route(
        "/register/rounds/limits", Permission.SEE_COUNTRY, {}, (Permission.RUN_ROUND,), "/register/rounds/sweden"
    ),
    "register/^rounds/NAME/CC/NAME$": Route(
        _UNIT, Permission.CODE_BLIND, {"go": "code"}, other="/register/rounds/limits/SE/age-of-consent"
    ),
    "register/^CC$": Route("/register/FI", Permission.SEE_COUNTRY, {}, other="/register/SE"),
    "register/^CC/NAME$": Route(
        _CELL, Permission.SEE_COUNTRY, {"go": "confirm"}, (Permission.CONFIRM_VALUE,), "/register/SE/limitation"
    ),
    "releases/": Route("/releases/", Permission.SEE_RELEASES, {}),
    "releases/^RELEASE$": Route("/releases/{digits}", Permission.SEE_RELEASES, {}),
    "releases/^RELEASE/ask$": Route(
        "/releases/{digits}/ask", Permission.SEE_RELEASES, {"kind": "report", "language": "sv", "go": "download"},
        (Permission.DOWNLOAD_RELEASE,),
    ),
    "releases/^RELEASE/(?P<kind>report|page)/TAG/FILE$": Route(
        "/releases/{digits}/report/sv/report.html", Permission.PREVIEW_RELEASE, {},
        other="/releases/{digits}/page/ar/index.html",
    ),
    "releases/^RELEASE/(?P<kind>brief)/TAG/CC/NAME/FILE$": Route(
        "/releases/{digits}/brief/sv/FI/limitation/none.html", Permission.PREVIEW_RELEASE, {},
        other="/releases/{digits}/brief/ar/FI/limitation/none.html",
    ),
    "kit/": Route("/kit/", Permission.SEE_KIT, {}),
    "kit/^PARTNER$": Route("/kit/childx", Permission.SEE_KIT, {}),
    "kit/^PARTNER/TAG$": Route("/kit/childx/sv", Permission.SEE_KIT, {}),
    "kit/^PARTNER/TAG/PIECE$": Route("/kit/childx/sv/safety.pdf", Permission.SEE_KIT, {}),
    "kit/^PARTNER/TAG/look/PICTURE$": Route("/kit/childx/sv/look/contact-1.png", Permission.SEE_KIT, {}),
    "study/": Route("/study/", Permission.SEE_STUDY_DESK, {}),
    "study": Route("/study", OWN),
    "study/visit": Route("/study/visit", Permission.SEE_STUDY_DESK, {}),
    "study/^visit/pages/REST$": Route("/study/visit/pages/preview", Permission.TEST_STUDY, {}),
    "study/^visit/FORM$": Route(f"/study/visit/{32 * '0'}", Permission.SEE_STUDY_DESK, {}),
    "study/^visit/FORM/pages/REST$": Route(f"/study/visit/{32 * '0'}/pages/en", Permission.SEE_STUDY_DESK, {}),
    "study/^file/TEXT$": Route("/study/file/report.md", Permission.SEE_STUDY_DESK, {}, (Permission.CHANGE_STUDY,)),
    "study/^file/TEXT/earlier/FORM$": Route(
        f"/study/file/report.md/earlier/{32 * '0'}", Permission.SEE_STUDY_DESK, {}
    ),
    "study/help": Route("/study/help", Permission.SEE_STUDY_DESK, {}),
    "study/help/service": Route("/study/help/service", Permission.SEE_STUDY_DESK, {}, (Permission.CHANGE_STUDY,)),
    "study/help/hide": Route("/study/help/hide", Permission.CHANGE_STUDY, {}),
    "study/problems": Route("/study/problems", Permission.SEE_STUDY_DESK, {}),
    "study/questionnaire": Route(
        "/study/questionnaire", Permission.SEE_STUDY_DESK, {}, (Permission.CHANGE_STUDY,)
    ),
    "study/questionnaire/file": Route("/study/questionnaire/file", Permission.SEE_STUDY_DESK, {}),
    "study/^questionnaire/FORM$": Route(
        f"/study/questionnaire/{32 * '0'}", Permission.SEE_STUDY_DESK, {}, (Permission.CHANGE_STUDY,)
    ),
    "study/^questionnaire/earlier/FORM$": Route(
        f"/study/questionnaire/earlier/{32 * '0'}", Permission.SEE_STUDY_DESK, {}, (Permission.CHANGE_STUDY,)
    ),
    "study/editions": Route("/study/editions", Permission.SEE_STUDY_DESK, {}, (Permission.FREEZE_EDITION,)),
    "study/key": Route("/study/key", Permission.FREEZE_EDITION, {}),
    "study/^editions/(?P<short>[0-9a-f]{8})$": Route("/study/editions/00000000", Permission.SEE_STUDY_DESK, {}),
    "study/texts": Route("/study/texts", Permission.SEE_STUDY_DESK, {}),
    "study/text": Route(
        "/study/text?key=form:/data/about:label", Permission.SEE_STUDY_DESK, {}, (Permission.CHANGE_STUDY,)
    ),
    "study/page": Route("/study/page?key=form:/data/about:label", Permission.SEE_STUDY_DESK, {}),
    "study/days": Route("/study/days", Permission.SEE_STUDY_DESK, {}),
    "study/days.ics": Route("/study/days.ics", Permission.SEE_STUDY_DESK, {}),
    "study/pretest": Route("/study/pretest", Permission.TEST_STUDY, {}),
    "study/pretest/note": Route("/study/pretest/note", Permission.TEST_STUDY, {}),
    "study/notes": Route("/study/notes", Permission.SEE_STUDY_DESK, {}),
    "study/notes.csv": Route("/study/notes.csv", Permission.SEE_STUDY_DESK, {}),
    "study/print": Route("/study/print", Permission.SEE_STUDY_DESK, {"format": "none"}),
    "join/<str:token>": Route("/join/none", EVERYBODY, {}),
    "sign-in": Route("/sign-in", EVERYBODY),
    "language": Route("/language", EVERYBODY),
    "sign-in/second": Route("/sign-in/second", EVERYBODY),
    "sign-in/passkey": Route("/sign-in/passkey", EVERYBODY),
    "favicon.ico": Route("/favicon.ico", EVERYBODY, {}),
    r"^style-[0-9a-f]{12}\.css$": Route("/style-000000000000.css", EVERYBODY, {}),
    r"^asset/[a-z_-]+-[0-9a-f]{12}\.[a-z]+$": Route("/asset/none-000000000000.css", EVERYBODY, {}),
    **{
        address: Route(f"/{address.replace('<int:pk>', '999')}", OWN)
        for address in (
            "sign-out", "account", "account/name", "account/language", "account/password", "account/confirm",
            "account/confirm/code",
            "account/confirm/passkey", "account/app", "account/app/remove", "account/passkey", "account/passkeys",
            "account/passkey/<int:pk>/remove", "account/codes", "account/codes/renew",
        )
    },
}  # fmt: skip
_POSTED_BY_A_STEP = {
    "draft": Permission.WRITE_DRAFT, "second-draft": Permission.WRITE_DRAFT, "review": Permission.REVIEW,
    "adjudicate": Permission.ADJUDICATE, "pretest": Permission.PRETEST, "confirm": Permission.CONFIRM,
    "comment": Permission.COMMENT,
}  # fmt: skip
PRIVATE = [name for name, route in ROUTES.items() if isinstance(route.needs, Permission)]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    place = tmp_path_factory.mktemp("routes")
    study = make_study(place / "study")
    settings = study / "study.toml"
    settings.write_text(settings.read_text("utf-8") + LINKS, "utf-8")
    database = f"sqlite:///{place / 'collector.sqlite3'}"
    configure(
        database
    )  # one that is there: what cannot be read is asked for anew by each page, in a process of its own
    prepare_copy(place / "collector.sqlite3")
    close_connections()
    register = make_register(place / "register")
    make_shelf(place / "releases")
    options = ("--database", database, "--register", str(register), "--releases", str(place / "releases"))
    with running_workbench(study, place / "data", *options) as running:
        for name, country in (("limits", "FI"), ("sweden", "SE")):
            running.lead.get("/register/rounds")
            fields = {"id": name, "provision": "age-of-consent" if country == "FI" else "duty-to-report"}
            running.lead.post("/register/rounds", {**fields, "country": country})
        yield running


@pytest.fixture(scope="module")
def members(own: Workbench) -> dict[Role, Visitor]:
    made = {Role.LEAD: own.lead}
    for role in (Role.COORDINATOR, Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER, Role.SIGNATORY):
        made[role] = own.member(role, [] if role is Role.COORDINATOR else ["sv"])
    made[Role.CODER] = own.member(Role.CODER, countries=["FI"])
    for visitor in made.values():
        visitor.get("/account")  # the token of a page after signing in, which stays good for every form
    return made


@pytest.fixture(scope="module")
def stranger(own: Workbench) -> Visitor:
    """Who is not signed in, and has seen a page with a form."""
    visitor = own.visitor()
    visitor.get("/sign-in")
    return visitor


def member(role: Role) -> Member:
    return Member(1, "somebody", "A partner", role, frozenset({"sv"}), countries=frozenset({"FI"}))


def allowed(role: Role, action: Permission | str) -> bool:
    assert isinstance(action, Permission)
    if action in COUNTRY_PERMISSIONS:
        return may(member(role), action, country="FI")
    return may(member(role), action, "sv")


@pytest.fixture(scope="module")
def path_of(own: Workbench, members: dict[Role, Visitor]) -> Callable[[Route], str]:
    """The address of a route in this workbench."""
    [(viewer,)] = asked(own, "SELECT id FROM workbench_person WHERE role = 'viewer'")
    [digits] = {one.content[:16] for one in read_releases(own.study.with_name("releases"))[0][:1]}
    return lambda route: route.path.format(viewer=viewer, digits=digits)


def test_every_address_of_the_site_has_a_row(own: Workbench, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _LIST, str(own.study), str(tmp_path / "data")]
    said = run_loaded(command, text=True, check=True).stdout
    tag = re.escape(r"(?P<tag>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*)")
    country, name = (
        re.escape("(?P<country>[A-Z]{2})"),
        r"\(\?P<(?:round_id|provision)>\[a-z0-9\]\+\(\?:-\[a-z0-9\]\+\)\*\)",
    )
    release, file = re.escape("(?P<digits>[0-9a-f]{16})"), re.escape("(?P<name>[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)")
    piece, picture = (re.escape(rf"(?P<name>[a-z0-9-]+\.{end})") for end in ("(?:pdf|png)", "png"))
    short = {re.escape(f"(?P<code>{PARTNER_CODE})"): "PARTNER", piece: "PIECE", picture: "PICTURE"}
    short[re.escape("(?P<digits>[0-9a-f]{32})")] = "FORM"
    short[re.escape("(?P<rest>[A-Za-z0-9/._~-]{0,200})")] = "REST"
    short[re.escape(f"(?P<name>{'|'.join(map(re.escape, TextFile))})")] = "TEXT"
    short |= {tag: "TAG", country: "CC", name: "NAME", release: "RELEASE", file: "FILE"}
    said = said.replace(f"^(?P<statement_id>{STATEMENT_ID})$", "^STATEMENT$")
    for long, word in short.items():
        said = re.sub(long, word, said)
    found = {line for line in said.splitlines() if not line.startswith("not-here/")}
    assert found == set(ROUTES)


@pytest.mark.parametrize("name", PRIVATE)
def test_who_is_not_signed_in_opens_and_changes_nothing(
    path_of: Callable[[Route], str], stranger: Visitor, name: str
) -> None:
    path = path_of(ROUTES[name])
    assert stranger.get(path).to.startswith("/sign-in")
    assert stranger.post(path, ROUTES[name].post or {}).status == 401


@pytest.mark.parametrize("name", PRIVATE)
def test_every_role_opens_what_the_table_gives_it_and_nothing_else(
    path_of: Callable[[Route], str], members: dict[Role, Visitor], name: str
) -> None:
    route = ROUTES[name]
    path = path_of(route)
    refused = {role: members[role].get(path).status == 403 for role in Role}
    assert refused == {role: not allowed(role, route.needs) for role in Role}


@pytest.mark.parametrize("name", [name for name in PRIVATE if ROUTES[name].post is not None])
def test_every_role_posts_to_what_the_table_gives_it_and_nothing_else(
    path_of: Callable[[Route], str], members: dict[Role, Visitor], name: str
) -> None:
    route = ROUTES[name]
    path = path_of(route)
    refused = {role: members[role].post(path, route.post or {}).status == 403 for role in Role}
    needed = route.posting or (route.needs,)
    assert refused == {role: not all(allowed(role, one) for one in needed) for role in Role}


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER, Role.CODER])
def test_no_address_of_another_language_or_country_opens(
    path_of: Callable[[Route], str], members: dict[Role, Visitor], role: Role
) -> None:
    others = [path_of(replace(route, path=route.other)) for route in ROUTES.values() if route.other]
    closed = [403] * len(others)
    assert [members[role].get(path).status for path in others] == closed
    assert [members[role].post(path, {"go": "draft", "text": "x"}).status for path in others] == closed


@pytest.mark.parametrize("go", _POSTED_BY_A_STEP)
def test_every_step_at_the_desk_is_refused_to_roles_that_do_not_have_it(
    own: Workbench, members: dict[Role, Visitor], go: str
) -> None:
    """Who may not comment is refused at the door; others are told that the step is not theirs, and nothing is kept."""
    path, marked = ROUTES["translate/^TAG/text$"].path, f"posted as {go}"
    files = own.study / "languages"
    for role in Role:
        if allowed(role, _POSTED_BY_A_STEP[go]):
            continue
        before = (files / "sv.po").read_bytes()
        reply = members[role].post(path, {"go": go, "text": marked, "comment": marked, "mark": "", "source": ""})
        assert reply.status in ({403} if not allowed(role, Permission.COMMENT) else {409})
        assert (files / "sv.po").read_bytes() == before


@pytest.mark.parametrize(
    "tag", ["../sv", "..%2fsv", "sv/../ar", "%2e%2e/ar", "sv%00", "sv.po", "SV", "sv-", "xx", "en"]
)
def test_tag_that_is_no_language_of_the_member_leads_nowhere(
    own: Workbench, members: dict[Role, Visitor], tag: str
) -> None:
    for path in (f"/translate/{tag}", f"/translate/{tag}/text?{_TEXT}", f"/translate/{tag}/page?{_TEXT}"):
        assert members[Role.TRANSLATOR].get(path).status in {400, 403, 404}
        assert members[Role.LEAD].get(path).status in {400, 404}


_NASTY = (
    *matrix((["\x00"], ["í\xa0\x80"], ["\u202e\u2066"], ["x" * 30_000]), (["\x00"],)),
    ["%00", "-1", "٣"],
    *(pytest.param([value], marks=pytest.mark.whole) for value in ("%00", "-1", "٣")),
)
"""Several take turns, field by field: no one of them keeps a page from reading the others."""
_FIELDS = (
    "go", "text", "comment", "mark", "source", "key", "find", "show", "page", "before", "role", "language", "link",
    "on", "country", "provision", "id", "value", "why", "says", "change", "part", "organisation",
    "edition", "kind", "anyway", "read", "name", "username", "password", "again", "login", "code", "credential", "next",
)  # fmt: skip


@pytest.mark.parametrize("nasty", _NASTY, ids=lambda nasty: ascii("".join(nasty)[:8]))
def test_nothing_that_is_sent_breaks_an_address(
    path_of: Callable[[Route], str], members: dict[Role, Visitor], stranger: Visitor, nasty: list[str]
) -> None:
    """Bytes that no browser sends, in every field and every query, to every address: no page says that it broke."""
    fields = {field: nasty[place % len(nasty)] for place, field in enumerate(_FIELDS)}
    broken = []
    for name, route in ROUTES.items():
        if name == "sign-out":
            continue
        path, visitor = path_of(route), members[Role.REVIEWER]
        if route.needs == EVERYBODY:
            visitor = stranger
        query = urlencode({field: value[:2000] for field, value in fields.items() if f"{field}=" not in path})
        for reply in (
            visitor.get(f"{path}{'&' if '?' in path else '?'}{query}"),
            visitor.post(path, fields),
        ):
            broken += [(name, reply.status)] if reply.status >= 500 else []
    assert broken == []
    assert members[Role.REVIEWER].get("/").status == 200


@pytest.mark.parametrize("path", ["/account/name", "/sign-in", "/none"])
def test_form_that_is_too_large_is_answered_by_a_page(own: Workbench, path: str) -> None:
    """Larger than the line's buffers: a browser shows a response only after it has sent everything."""
    visitor = own.lead if path == "/account/name" else own.visitor()
    visitor.get("/sign-in" if path == "/sign-in" else "/account")
    assert visitor.post(path, {"name": "x" * 20_000_000}).status in {400, 401}
