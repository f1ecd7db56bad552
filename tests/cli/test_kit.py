"""`kuule kit`: made, checked, stale after a change, refused."""

from __future__ import annotations

import sys

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.kit.spread_study import SUPPORT, spread_study
from tests.loaded.loaded_process import run_command, run_loaded


def test_kit_is_made_then_stale_after_a_change(tmp_path, capsys):
    from datetime import UTC, datetime

    support = SUPPORT.replace("2026-11-01", str(datetime.now(UTC).date()))
    study, out = spread_study(tmp_path / "study", support=support), tmp_path / "kits"
    command = ["kit", str(study), "--partner", "childx", "--to", str(out)]
    assert run(command) == Exit.DONE
    assert capsys.readouterr().out == f"{out}/childx/en\n"
    assert run([*command, "--check"]) == Exit.DONE
    assert "nothing is stale" in capsys.readouterr().err
    (study / "support.csv").write_text(support.replace("116 016", "116 017"), "utf-8")
    (out / "childx" / "en" / "post-person-short.txt").unlink()
    assert run([*command, "--check"]) == Exit.CHECK_FOUND_ERRORS
    stale = capsys.readouterr().out.split()
    assert f"{out}/childx/en/poster-a4-discreet.pdf" in stale
    assert f"{out}/childx/en/post-person-short.txt" in stale
    assert f"{out}/childx/en/post-friend-short.txt" not in stale
    assert run(command) == Exit.DONE
    assert run([*command, "--check"]) == Exit.DONE


def test_kit_that_was_never_made_cannot_be_checked(tmp_path, capsys):
    study = spread_study(tmp_path / "study")
    assert run(["kit", str(study), "--to", str(tmp_path / "kits"), "--check", "--drafts"]) == Exit.PROBLEM
    assert "KIT_030" in capsys.readouterr().err


def test_kit_of_a_link_that_is_switched_off_is_refused_where_the_database_is_known(tmp_path, capsys):
    study, database = spread_study(tmp_path / "study"), f"sqlite:///{tmp_path / 'collector.sqlite3'}"
    make = """
import sys
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rows.switched_off_links import switch_link
configure(sys.argv[1])
prepare_store(new=True)
switch_link("k7", on=False)
close_connections()
"""
    run_loaded([sys.executable, "-c", make, database], check=True)
    command = [sys.executable, "-m", "kuule.cli", "kit", str(study), "--to", str(tmp_path / "kits"), "--drafts"]
    told = run_command([*command, "--database", database], text=True)
    assert (told.returncode, "KIT_040" in told.stderr, (tmp_path / "kits").exists()) == (Exit.PROBLEM, True, False)
    untold = run_command(command, text=True)
    assert (untold.returncode, "--database looks it up" in untold.stderr) == (Exit.DONE, True)
