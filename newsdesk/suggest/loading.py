"""Opens pipeline folders: looks through a stranger's configuration before any of it is run."""

from __future__ import annotations

import configparser
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsdesk.model import NewsdeskError
from newsdesk.suggest import pipeline
from newsdesk.suggest.learning import layers

if TYPE_CHECKING:
    from spacy.language import Language

LARGEST_CONFIG = 1_000_000  # bytes
LARGEST_FOLDER = 2_000_000_000  # bytes

# spaCy's own components that only read text; anything that runs code of another package is out.
_FACTORIES = frozenset(
    "attribute_ruler doc_cleaner entity_linker entity_ruler future_entity_ruler lemmatizer "
    "merge_entities merge_noun_chunks merge_subtokens morphologizer ner parser senter sentencizer "
    "span_cleaner span_finder span_ruler spancat spancat_singlelabel tagger textcat "
    "textcat_multilabel tok2vec token_splitter trainable_lemmatizer beam_ner beam_parser".split()
) | {pipeline.ENCODER, pipeline.NAMES, pipeline.QUOTES, pipeline.CLAIMS}
_FUNCTIONS = frozenset(
    "spacy.Tokenizer.v1 spacy.Vectors.v1 spacy.LookupsDataLoader.v1 spacy.Tok2Vec.v1 "
    "spacy.Tok2Vec.v2 "
    "spacy.HashEmbedCNN.v1 spacy.HashEmbedCNN.v2 spacy.MultiHashEmbed.v1 spacy.MultiHashEmbed.v2 "
    "spacy.CharacterEmbed.v1 spacy.CharacterEmbed.v2 spacy.MaxoutWindowEncoder.v1 "
    "spacy.MaxoutWindowEncoder.v2 spacy.MishWindowEncoder.v1 spacy.MishWindowEncoder.v2 "
    "spacy.Tok2VecListener.v1 spacy.TransitionBasedParser.v1 spacy.TransitionBasedParser.v2 "
    "spacy.Tagger.v1 spacy.Tagger.v2 spacy.TextCatBOW.v1 spacy.TextCatBOW.v2 spacy.TextCatBOW.v3 "
    "spacy.TextCatCNN.v1 spacy.TextCatCNN.v2 spacy.TextCatEnsemble.v1 spacy.TextCatEnsemble.v2 "
    "spacy.TextCatReduce.v1 spacy.TextCatParametricAttention.v1 spacy.SpanCategorizer.v1 "
    "spacy.SpanFinder.v1 spacy.EntityLinker.v1 spacy.EntityLinker.v2 spacy.mean_max_reducer.v1 "
    "spacy.LinearLogistic.v1 spacy.ngram_suggester.v1 spacy.ngram_range_suggester.v1 "
    "spacy.preset_spans_suggester.v1 spacy.first_longest_spans_filter.v1 spacy.KBFromFile.v1 "
    "spacy.CandidateGenerator.v1 spacy.EmptyKB.v1 spacy.EmptyKB.v2 spacy.ner_scorer.v1 "
    "spacy.parser_scorer.v1 spacy.tagger_scorer.v1 spacy.senter_scorer.v1 spacy.spancat_scorer.v1 "
    "spacy.textcat_scorer.v1 spacy.textcat_scorer.v2 spacy.textcat_multilabel_scorer.v1 "
    "spacy.textcat_multilabel_scorer.v2 spacy.morphologizer_scorer.v1 spacy.lemmatizer_scorer.v1 "
    "spacy.attribute_ruler_scorer.v1 spacy.entity_ruler_scorer.v1 spacy.entity_linker_scorer.v1 "
    "spacy.overlapping_labeled_spans_scorer.v1 spacy.span_finder_scorer.v1 "
    "spacy.prioritize_new_ents_filter.v1 spacy.prioritize_existing_ents_filter.v1 "
    "spacy.levenshtein_compare.v1 spacy.CandidateBatchGenerator.v1 Softmax.v2 "
    "spacy.StaticVectors.v1 spacy.StaticVectors.v2 "
    "spacy.FeatureExtractor.v1 spacy.extract_spans.v1 reduce_max.v1 reduce_mean.v1 "
    "reduce_first.v1 reduce_last.v1 reduce_sum.v1".split()
) | {pipeline.TOKENIZER, layers.TAGS, layers.WORTH}
_LOADED_SECTIONS = ("nlp", "components")
_HOOKS = ("before_creation", "after_creation", "after_pipeline_creation")


@dataclass(frozen=True, slots=True)
class Checked:
    """A pipeline folder that may be opened: its name, version, language and SHA-256."""

    folder: Path
    name: str
    version: str
    language: str
    digest: str
    components: tuple[str, ...]


def check_folder(folder: Path, pinned: str | None = None) -> Checked:
    """Look through a pipeline folder without running any of it.

    ``pinned`` is the SHA-256 that the folder had when it was chosen. Raises NewsdeskError if the
    folder is no pipeline, is broken, was made for another spaCy, has changed, or asks for
    functions that are not on the list.
    """
    folder = Path(folder)
    config, meta = _config(folder), _meta(folder)
    _check_version(meta)
    components = _check_config(config)
    digest = digest_of(folder)
    if pinned is not None and pinned != digest:
        raise NewsdeskError(
            f"The pipeline in {folder.name} has changed since it was chosen, so it was not loaded. "
            "Nothing else was touched. Choose it again in Preferences if you trust the change."
        )
    name = f"{meta.get('lang', '')}_{meta.get('name', 'pipeline')}".strip("_")
    return Checked(
        folder, name, str(meta.get("version", "")), str(meta.get("lang", "")), digest, components
    )


def open_folder(folder: Path, pinned: str | None = None) -> Language:
    """Check a pipeline folder and load it. Raises NewsdeskError as `check_folder` does."""
    checked = check_folder(folder, pinned)
    import spacy

    pipeline.register()
    try:
        return spacy.load(checked.folder)
    except (ValueError, KeyError, TypeError, OSError, AttributeError, ImportError) as error:
        raise NewsdeskError(
            f"The pipeline in {checked.folder.name} can't be loaded: its files don't fit together. "
            "Nothing was changed. Choose another folder, or Newsdesk's own pipeline."
        ) from error


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file of ``folder``, in the order of their names."""
    total = hashlib.sha256()
    size = 0
    for path in sorted(Path(folder).rglob("*")):
        if path.is_symlink():
            raise _refused(folder, "it has links that lead out of it")
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        size += path.stat().st_size
        if size > LARGEST_FOLDER:
            raise _refused(folder, "it is larger than 2 GB")
        with path.open("rb") as file:
            inner = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()}\0{inner}\n".encode())
    return total.hexdigest()


def _refused(folder: Path, why: str) -> NewsdeskError:
    return NewsdeskError(
        f"The pipeline in {Path(folder).name} was not loaded: {why}. Nothing was changed. Choose "
        "another folder, or go on with Newsdesk's own pipeline."
    )


def _config(folder: Path) -> Mapping[str, Any]:
    path = folder / "config.cfg"
    if not folder.is_dir() or not path.is_file():
        raise _refused(folder, "it is no folder of a spaCy pipeline (config.cfg is missing)")
    if path.stat().st_size > LARGEST_CONFIG:
        raise _refused(folder, "its config.cfg is too large")
    from confection import Config, ConfigValidationError

    try:
        config: Mapping[str, Any] = Config().from_str(
            path.read_text(encoding="utf-8"), interpolate=False
        )
    except (ConfigValidationError, ValueError, configparser.Error) as error:
        raise _refused(folder, "its config.cfg can't be read") from error
    return config


def _meta(folder: Path) -> Mapping[str, Any]:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _refused(folder, "its meta.json is missing or can't be read") from error
    if not isinstance(meta, dict):
        raise _refused(folder, "its meta.json can't be read")
    return meta


def _check_version(meta: Mapping[str, Any]) -> None:
    import spacy
    from spacy.util import is_compatible_version

    wanted = str(meta.get("spacy_version", ""))
    if wanted and is_compatible_version(spacy.__version__, wanted) is not True:
        raise NewsdeskError(
            f"This pipeline was made for spaCy {wanted}; Newsdesk has {spacy.__version__}. It was "
            "not loaded, and nothing was changed. Choose a pipeline made for this version."
        )


def _check_config(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Refuse whatever would run code that is not on the lists; returns the components' names."""
    nlp = config.get("nlp")
    if not isinstance(nlp, Mapping):
        raise NewsdeskError(
            "The folder's config.cfg has no [nlp] part, so it is no pipeline. Nothing was changed. "
            "Choose another folder."
        )
    for hook in _HOOKS:
        if nlp.get(hook) not in (None, "null"):
            raise _not_allowed(f"[nlp] {hook}")
    for section in _LOADED_SECTIONS:
        _check_functions(config.get(section, {}), section)
    components = config.get("components", {})
    if not isinstance(components, Mapping):
        raise _not_allowed("[components]")
    for name, part in components.items():
        if not isinstance(part, Mapping) or "source" in part:
            raise _not_allowed(f"the component {name}, taken from another pipeline")
        if part.get("factory") not in _FACTORIES:
            raise _not_allowed(f"the component {part.get('factory', name)}")
    return tuple(str(name) for name in nlp.get("pipeline", ()))


def _check_functions(section: Any, place: str) -> None:
    if not isinstance(section, Mapping):
        return
    for key, value in section.items():
        if str(key).startswith("@") and value not in _FUNCTIONS:
            raise _not_allowed(f"{key} = {value} in [{place}]")
        if isinstance(value, Mapping):
            _check_functions(value, f"{place}.{key}")


def _not_allowed(what: str) -> NewsdeskError:
    return NewsdeskError(
        f"This pipeline was not loaded: it asks for {what}, which is not on the list of what a "
        "pipeline may run here. Nothing was changed. Choose another folder, or go on with "
        "Newsdesk's own pipeline."
    )
