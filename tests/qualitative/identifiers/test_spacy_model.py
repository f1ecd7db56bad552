"""A spaCy pipeline from a folder, and nothing from anywhere else."""

from __future__ import annotations

import importlib
import importlib.util
import socket

import pytest

from kuule.core.problems import KuuleError
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.spacy_model import load_spacy_model
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

HERE = importlib.util.find_spec("spacy") is not None
with_spacy = pytest.mark.skipif(not HERE, reason="spaCy is not installed here: run `make test-models`")


def refuse(*given, **named):
    raise AssertionError("it asked a network")


def codes_of(folder):
    with pytest.raises(KuuleError) as raised:
        load_spacy_model(folder)
    return [one.code for one in raised.value.problems]


def test_a_name_that_is_no_folder_is_not_looked_up(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert codes_of(tmp_path / "en_core_web_sm") == ["PROJECT_040"]


@pytest.mark.skipif(HERE, reason="spaCy is installed")
def test_without_spacy_a_folder_says_what_to_install(tmp_path):
    (tmp_path / "config.cfg").write_text("")
    (tmp_path / "meta.json").write_text("{}")
    assert codes_of(tmp_path) == ["PROJECT_041"]


@with_spacy
@pytest.mark.filterwarnings("ignore")
def test_a_pipeline_of_a_folder_finds_in_code_points_and_asks_no_network(tmp_path, monkeypatch):
    spacy = importlib.import_module("spacy")
    pipeline = spacy.blank("fi")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Aino"}, {"label": "MONEY", "pattern": "rahaa"}])
    pipeline.to_disk(tmp_path / "names")
    for owner, name in ((socket.socket, "connect"), (socket.socket, "connect_ex"), (socket, "getaddrinfo")):
        monkeypatch.setattr(owner, name, refuse)
    model = load_spacy_model(tmp_path / "names")
    assert (model.knows("fi"), model.knows("sv")) == (True, False)
    assert list(model.find("👋 Näin Aino ja rahaa")) == [FoundSpan(7, 11, IdentifierCategory.PERSON, "model:names")]


@with_spacy
@pytest.mark.filterwarnings("ignore")
def test_a_folder_that_does_not_load_or_finds_no_names_says_so(tmp_path):
    spacy = importlib.import_module("spacy")
    spacy.blank("fi").to_disk(tmp_path / "none")
    (tmp_path / "config.cfg").write_text("[nlp")
    (tmp_path / "meta.json").write_text("{}")
    assert [codes_of(tmp_path), codes_of(tmp_path / "none")] == [["PROJECT_042"], ["PROJECT_042"]]
