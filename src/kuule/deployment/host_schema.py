"""The JSON Schema of host.toml, and what each of its settings is for."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.deployment.host_settings import HOST_FILE, read_host_table
from kuule.study.settings.setting_notes import SettingNote
from kuule.study.settings.setting_schema import Schema, recorded_schema

HOST_NOTES: Mapping[str, SettingNote] = {
    "study": SettingNote("The id of the study, as in its study.toml. It is asked for before anything is written."),
    "program": SettingNote("Where the program is. Without it: where the one is that writes the files."),
    "collector.editions": SettingNote("The folders of the editions that are served, the newest last."),
    "collector.database": SettingNote("Where answers are kept: a file in /var/lib/kuule, or PostgreSQL."),
    "collector.workers": SettingNote("How many processes answer, each with the study in its memory."),
    "collector.practice": SettingNote("With true, a practice edition is served, to people who try it out."),
    "collector.onion": SettingNote("With true, there is an onion service: beside [public], or alone without it."),
    "collector.credentials.*": SettingNote(
        "A file that systemd hands to the collector under this name, such as a password for PostgreSQL."
    ),
    "collector.database_machines": SettingNote("Addresses in digits of the machines of PostgreSQL; none of this one."),
    "public.name": SettingNote("The name of the survey, which everyone on the way can see: it tells no subject."),
    "public.certificate": SettingNote("Its certificate, with those that lead to the authority."),
    "public.certificate_key": SettingNote("The private key of the certificate."),
    "workbench.name": SettingNote("The name at which partners sign in."),
    "workbench.certificate": SettingNote("Its certificate, with those that lead to the authority."),
    "workbench.certificate_key": SettingNote("The private key of the certificate."),
    "workbench.study": SettingNote("The study's folder, copied once to where the workbench keeps its own."),
    "workbench.releases": SettingNote("With true, releases in /var/lib/kuule-workbench/releases can be previewed."),
    "workbench.survey": SettingNote("Where the survey is, so that partners see their whole link."),
    "workbench.watch": SettingNote("With true, the survey is looked at from outside once a day, for the desk."),
    "status.alert": SettingNote("A program of yours, started with the name of a unit that failed."),
    "status.backups": SettingNote("With true, the newest backup in /var/lib/kuule-backup is looked at."),
    "postgresql.version": SettingNote("The version of the PostgreSQL server on this machine, which is for this alone."),
    "backup.seal_to": SettingNote("The public key of a pair that was made for backups; its secret is on no server."),
    "backup.keep": SettingNote("How many backups stay. What somebody withdraws is in those from before until they go."),
    "backup.days": SettingNote("For how many days a backup stays; the newest one stays in any case."),
    "backup.at": SettingNote(
        "When it is made each day, in UTC: always at the same time, since two of them tell who came between."
    ),
}
"""By the path of the setting, with `*` for each name of the machine's own choosing."""


def host_schema() -> Schema:
    """The schema of host.toml."""
    return recorded_schema(HOST_FILE, read_host_table, HOST_NOTES, "What one machine serves: kuule deploy reads it.")
