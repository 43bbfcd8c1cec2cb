"""A pipeline folder is looked through before any of it is run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from newsdesk.model import NewsdeskError
from newsdesk.settings import shipped
from newsdesk.suggest import pipeline
from newsdesk.suggest.loading import check_folder, digest_of, open_folder
from newsdesk.suggest.suggester import folder_suggester

GOOD = """
[nlp]
lang = "en"
pipeline = ["sentencizer"]
tokenizer = {"@tokenizers":"spacy.Tokenizer.v1"}

[components]

[components.sentencizer]
factory = "sentencizer"
"""


def folder_with(tmp_path: Path, config: str, **meta: object) -> Path:
    folder = tmp_path / "their_pipeline"
    folder.mkdir()
    (folder / "config.cfg").write_text(config, encoding="utf-8")
    described = {
        "lang": "en",
        "name": "theirs",
        "version": "1.0",
        "spacy_version": ">=3.8.0,<3.9.0",
    }
    (folder / "meta.json").write_text(json.dumps(described | meta), encoding="utf-8")
    return folder


def test_a_harmless_folder_is_accepted(tmp_path: Path) -> None:
    checked = check_folder(folder_with(tmp_path, GOOD))
    assert (checked.name, checked.version, checked.components) == (
        "en_theirs",
        "1.0",
        ("sentencizer",),
    )


def test_a_plain_spacy_pipeline_stands_in(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Pellmouth"}])  # type: ignore[attr-defined]
    folder = tmp_path / "ruled"
    nlp.to_disk(folder)
    text = "🙂 “Pellmouth is shut,” said Una."
    result = folder_suggester(folder).suggest(text)
    assert [(i.label, i.of(text)) for i in result.items if i.label in ("GPE", "QUOTE")] == [
        ("QUOTE", "Pellmouth is shut,"),
        ("GPE", "Pellmouth"),
    ]


@pytest.mark.parametrize("part", ["ner", "parser", "spancat", "textcat", "tagger", "span_finder"])
def test_spacys_own_components_are_on_the_list(tmp_path: Path, part: str) -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe(part)
    (tmp_path / "made").mkdir()
    nlp.config.to_disk(tmp_path / "made" / "config.cfg")
    (tmp_path / "made" / "meta.json").write_text(json.dumps(nlp.meta), encoding="utf-8")
    assert check_folder(tmp_path / "made").components == (part,)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("spacy.Tokenizer.v1", "os.system", "os.system"),
        ('factory = "sentencizer"', 'factory = "evil_component"', "evil_component"),
        ('factory = "sentencizer"', 'source = "en_core_web_sm"', "sentencizer"),
        (
            'factory = "sentencizer"',
            'factory = "sentencizer"\n[components.sentencizer.model]\n'
            '@architectures = "evil.Model.v1"',
            "evil.Model.v1",
        ),
        (
            'lang = "en"',
            'lang = "en"\nbefore_creation = {"@callbacks":"evil.hook"}',
            "before_creation",
        ),
    ],
)
def test_what_would_run_a_strangers_code_is_refused(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    folder = folder_with(tmp_path, GOOD.replace(old, new))
    with pytest.raises(NewsdeskError, match="was not loaded") as refused:
        open_folder(folder)
    assert named in str(refused.value)


def test_another_spacy_version_is_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, GOOD, spacy_version=">=2.0,<3.0")
    with pytest.raises(NewsdeskError, match="made for spaCy"):
        check_folder(folder)


@pytest.mark.parametrize("config", ["", "[nlp", "[nlp]\nlang = en'", "[training]\nseed = 1\n"])
def test_a_broken_config_is_refused(tmp_path: Path, config: str) -> None:
    with pytest.raises(NewsdeskError):
        open_folder(folder_with(tmp_path, config))


def test_no_folder_and_no_meta_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match=r"config\.cfg is missing"):
        check_folder(tmp_path / "nothing")
    folder = folder_with(tmp_path, GOOD)
    (folder / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(NewsdeskError, match=r"meta\.json"):
        check_folder(folder)


def test_a_changed_folder_is_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, GOOD)
    pin = digest_of(folder)
    assert check_folder(folder, pin).digest == pin
    (folder / "extra.bin").write_bytes(b"\0")
    with pytest.raises(NewsdeskError, match="has changed"):
        check_folder(folder, pin)


def test_links_are_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, GOOD)
    (folder / "link").symlink_to("/etc/hostname")
    with pytest.raises(NewsdeskError, match="links"):
        check_folder(folder)


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json", "encoder.json"])
def test_our_own_folder_with_a_damaged_file_says_so(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(shipped("resources", "models", pipeline.NAME), folder)
    (folder / pipeline.ENCODER / name).write_bytes(b"not what it was")
    with pytest.raises(NewsdeskError):
        open_folder(folder)


def test_our_own_folder_without_its_network_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(shipped("resources", "models", pipeline.NAME), folder)
    (folder / pipeline.ENCODER / "encoder.onnx").unlink()
    with pytest.raises(NewsdeskError, match=r"encoder\.onnx is missing"):
        open_folder(folder)


def test_the_shipped_folder_is_small() -> None:
    folder = shipped("resources", "models", pipeline.NAME)
    assert sum(path.stat().st_size for path in folder.rglob("*")) <= 60_000_000
    assert (folder / "README.md").is_file()
