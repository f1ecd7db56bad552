"""A workbench whose study has two partners, a statement, a launch, and a register with a date of theirs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kuule.network.signatures import read_signatures, signers
from kuule.network.statement_texts import read_statement
from tests.network.small_network import EN, SV, make_network
from tests.network.test_launches import REPORT, write_launch
from tests.network.test_network_site import make_actions
from tests.patience import wait_until
from tests.workbench.workbench_for_tests import Reply, Visitor, Workbench, running_workbench

MARK = re.compile(r'name="mark" value="([0-9a-f]{64})"')
PAGE = "/statements/time-limits"


@dataclass(frozen=True)
class SigningDesk:
    """`childx` and `radio` sign for their organisations; `viewer` is of ChildX and may not, `stranger` of none."""

    site: Workbench
    downloads: Path
    childx: Visitor
    radio: Visitor
    viewer: Visitor
    stranger: Visitor

    def under(self, tag: str = "en") -> tuple[str, ...]:
        """Who stands under the text now."""
        study = self.site.study
        return signers(read_statement(study, "time-limits"), read_signatures(study, "time-limits"), tag)

    @property
    def mark(self) -> str:
        """The mark of the statement as it is now."""
        return read_statement(self.site.study, "time-limits").mark


def show_factor(visitor: Visitor) -> Reply:
    """Show the second factor once more. Where no code is left, this waits for the next."""
    taken: list[Reply] = []

    def is_taken() -> bool:
        if (reply := visitor.show_factor(PAGE)) is not None:
            taken.append(reply)
        return bool(taken)

    wait_until(is_taken)
    return taken[0]


def mark_on(visitor: Visitor) -> str:
    """The mark of the texts that the page shows, once the factor was shown."""
    found = MARK.search(visitor.get(PAGE).text)
    assert found
    return found[1]


@pytest.fixture(scope="session")
def whole_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SigningDesk]:
    place = tmp_path_factory.mktemp("signing-desk")
    study, register = make_network(place / "study"), make_actions(place / "register", countries=["SE"])
    write_launch(study, REPORT)
    downloads = place / "downloads"
    options = ("--register", str(register), "--downloads", str(downloads))
    with running_workbench(study, place / "data", *options) as site:
        childx = site.member("signatory", ["sv"], "ChildX")
        radio = site.member("signatory", ["sv"], "a radio  station")
        viewer, stranger = site.member("viewer", ["sv"], "ChildX"), site.member("signatory", ["sv"], "Somebody else")
        yield SigningDesk(site, downloads, childx, radio, viewer, stranger)


@pytest.fixture
def desk(whole_desk: SigningDesk) -> SigningDesk:
    """The statement as it was made and not signed, whatever a test before did."""
    folder = whole_desk.site.study / "statements/time-limits"
    (folder / "signatures.json").unlink(missing_ok=True)
    (folder / "statement.toml").write_text('languages = ["en", "sv"]\n', "utf-8")
    (folder / "en.txt").write_text(EN, "utf-8")
    (folder / "sv.txt").write_text(SV, "utf-8")
    shutil.rmtree(whole_desk.downloads, ignore_errors=True)
    return whole_desk
