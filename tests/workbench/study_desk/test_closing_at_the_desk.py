"""What the lead's desk says of an edition for real answers that has days, and that an order closed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kuule.languages.cldr.locale_formats import format_day
from kuule.opening.private_key import PrivateKey
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rows.field_control import change_field_control
from kuule.study.settings.field_phase import FieldOrder, StandingOrder
from tests.study.small_study import SECRET, SETTINGS, make_edition
from tests.workbench.workbench_for_tests import Workbench, running_workbench

DAYS = "\n[field_period]\nopens = 2026-03-01\ncloses = 2099-02-28\n"
STAGE = r'<li id="{}".*?>(.*?)</li>\n\n'


def stages(site: Workbench) -> dict[str, str]:
    page = site.lead.get("/study/").text
    found = {name: re.search(STAGE.format(name), page, re.DOTALL) for name in ("collect", "close")}
    return {name: " ".join(re.sub(r"<[^>]+>", " ", one[1]).split()) for name, one in found.items() if one}


def in_words(day: date) -> str:
    return format_day(day.isoformat(), "en")


def test_days_are_said_and_an_order_where_the_database_is_known(tmp_path: Path) -> None:
    make_edition(tmp_path, key=PrivateKey.generate(SECRET, rehearsal=False), settings=SETTINGS + DAYS)
    study, edition = tmp_path / "study", ["--edition", str(tmp_path / "edition")]
    with running_workbench(study, tmp_path / "apart", *edition) as site:
        said = stages(site)
    assert (
        "not known here By its days, the survey takes answers from 1 March 2026 to 28 February 2099." in said["collect"]
    )
    assert "isn't connected to the survey's database" in said["collect"]
    assert "not known here The last day is 28 February 2099." in said["close"]
    assert "Whether it was closed or opened by an order is known on the machine that serves it." in said["close"]
    database, yesterday = f"sqlite:///{tmp_path / 'collector.sqlite3'}", datetime.now(UTC).date() - timedelta(days=1)
    configure(database)
    prepare_store(new=True)
    change_field_control(lambda before: StandingOrder(FieldOrder.CLOSE, yesterday, 30))
    close_connections()
    with running_workbench(study, tmp_path / "beside", *edition, "--database", database) as site:
        said = stages(site)
        until = yesterday + timedelta(days=30)
    assert "done Nobody can begin any more." in said["collect"]
    assert f"begun It closed on {in_words(yesterday)}." in said["close"]
    assert f"People who had begun can finish until {in_words(until)}." in said["close"]
    assert "an order is known on the machine" not in said["close"]
