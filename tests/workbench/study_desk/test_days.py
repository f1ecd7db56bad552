"""The days of a study at the lead's desk, and the file for calendars."""

from __future__ import annotations

from icalendar import Calendar

from tests.workbench.study_desk.conftest import LeadDesk

FIELD = "\n[field_period]\nopens = 2030-03-01\ncloses = 2031-02-28\n"


def test_days_are_listed_and_downloaded(desk: LeadDesk) -> None:
    with (desk.site.study / "study.toml").open("a", encoding="utf-8") as file:
        file.write(FIELD)
    page = desk.coordinator.get("/study/days").text
    assert "Look once more before the survey opens" in page
    assert "15 February 2030" in page
    assert f'<p class="where" dir="ltr"><code>kuule check {desk.site.study.name}</code></p>' in page
    assert str(desk.site.study) not in page
    reply = desk.lead.get("/study/days.ics")
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    events = {str(one["UID"]) for one in Calendar.from_ical(reply.body).walk("VEVENT")}
    assert "opens@small-study.kuule" in events


def test_what_is_not_known_is_said(desk: LeadDesk) -> None:
    page = desk.lead.get("/study/days").text
    assert "study.toml, field_period.opens" in page
    assert '<a href="/study/days">' in desk.lead.get("/study/").text


def test_settings_that_cannot_be_read_are_said(desk: LeadDesk) -> None:
    (desk.site.study / "study.toml").write_text("id = \n", "utf-8")
    reply = desk.lead.get("/study/days")
    assert (reply.status, "STUDY_" in reply.text) == (503, True)
