"""A GLiNER model from a folder, and nothing from anywhere else. What needs the library runs in `make test-models`."""

from __future__ import annotations

import importlib.util
import json
import socket

import pytest

from kuule.core.problems import KuuleError
from kuule.qualitative.identifiers.detector_coverage import DetectorMeans, detector_coverage
from kuule.qualitative.identifiers.gliner_model import GlinerModel, load_gliner_model
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.model_loading import load_name_model
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category
from tests.qualitative.identifiers.tiny_gliner import make_tiny_model

HERE = importlib.util.find_spec("gliner") is not None
with_gliner = pytest.mark.skipif(
    not HERE, reason="GLiNER is not installed here: `make test-models MODELS=FOLDER`, where it is"
)


def refuse(*given, **named):
    raise AssertionError("it asked a network")


def codes_of(folder):
    with pytest.raises(KuuleError) as raised:
        load_name_model(folder)
    return [one.code for one in raised.value.problems]


def test_a_folder_without_its_own_tokenizer_is_refused_before_the_library_is_asked(tmp_path):
    (tmp_path / "gliner_config.json").write_text(json.dumps({"model_name": "somebody/on-a-hub"}))
    assert codes_of(tmp_path) == ["PROJECT_040"]


@pytest.mark.skipif(HERE, reason="GLiNER is installed")
def test_without_gliner_a_folder_says_what_to_install(tmp_path):
    for name in ("gliner_config.json", "tokenizer_config.json"):
        (tmp_path / name).write_text("{}")
    assert codes_of(tmp_path) == ["PROJECT_041"]


class Every:
    """Stands where a loaded model does, and finds every word: to see that all of a long text is asked about."""

    def predict_entities(self, text, labels, threshold):
        assert len(text.split()) <= 50
        starts = [at for at, one in enumerate(text) if one == "n"]
        return [{"start": at, "end": at + 4, "label": "person"} for at in starts]


@pytest.mark.parametrize("count", [0, 1, 29, 30, 31, 50, 51, 80, 81, 500])
def test_a_long_text_is_asked_about_whole_with_an_overlap(count):
    words = " ".join(f"n{number:03}" for number in range(count))
    found = list(GlinerModel("every", Every(), 50).find(f"  {words} "))
    assert {words[one.start - 2 : one.end - 2] for one in found} == set(words.split())
    assert {one.rule for one in found} <= {"model:every"}


def test_a_model_of_no_stated_language_is_told_of_in_each():
    coverage = detector_coverage("sw", GlinerModel("names", Every(), 50))
    assert DetectorMeans.MODEL in coverage.means[Category.ORGANISATION]
    assert coverage.sentences[0] == "There is no detector for Swahili: nobody has listed its names and words."
    assert "The model names is asked in addition. How much of Swahili it finds is not known." in coverage.sentences


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    pytest.importorskip("gliner")
    return make_tiny_model(tmp_path_factory.mktemp("gliner"))


@with_gliner
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_model_of_a_folder_finds_in_code_points_and_asks_no_network(tiny, monkeypatch):
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    model = load_name_model(tiny)
    assert list(model.find("👋 Näin Aino ja rahaa")) == [FoundSpan(7, 11, Category.PERSON, "model:names")]
    far = " ".join(["siellä"] * 300) + " Maija kävi Oulussa"
    assert ("Maija", Category.PERSON) in [(far[one.start : one.end], one.category) for one in model.find(far)]


@with_gliner
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_model_whose_encoder_is_elsewhere_is_not_fetched(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    config = json.loads((tiny / "gliner_config.json").read_text())
    config = {**config, "model_name": "somebody/on-a-hub", "encoder_config": None}
    for file in tiny.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "gliner_config.json").write_text(json.dumps(config))
    with pytest.raises(KuuleError, match=r"PROJECT_042 .*GLiNER cannot load it"):
        load_gliner_model(tmp_path)
