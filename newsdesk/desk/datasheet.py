"""The datasheet of a dataset: what it is made of, for those who will use it.

Its questions follow Gebru et al. 2021, “Datasheets for Datasets” (Communications of the ACM 64/12).
What the desk knows is answered; what only people know is left for them, and says so.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from newsdesk.desk.dataset_options import DatasetOptions
from newsdesk.desk.dataset_survey import Survey
from newsdesk.desk.reading import Reading
from newsdesk.model import Label
from newsdesk.model.splitting import Chunk, SplitBy
from newsdesk.provenance.redaction import Redaction

OPEN = "*To be filled in by those who publish the dataset.*"
_LISTED = 50  # outlets in a table; the rest is one row
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|"})


def _asked(question: str, answer: str) -> str:
    return f"**{question}**\n\n{answer}"


_COLLECTION = (
    _asked("How were the articles collected, and over what time?", OPEN),
    _asked("Who was involved, and were they told how the data would be used?", OPEN),
)


def datasheet(desk: Reading, options: DatasetOptions, found: Survey, form: dict[str, Any]) -> str:
    """The datasheet in Markdown; `form` is the manifest without its files."""
    labels = {one.id: one for one in desk.codebook(retired=True)}
    parts = [
        "# Datasheet",
        "The questions are those of Gebru et al. 2021, “Datasheets for Datasets”. Counts come "
        "from the desk that the dataset was made from.",
        "## Motivation",
        _asked("For what purpose was the dataset created, by whom, and who funded it?", OPEN),
        "## Composition",
        *_composition(options, found, labels),
        "## Collection process",
        *_COLLECTION,
        "## Preprocessing, cleaning, labelling",
        *_labelling(options, found, labels, form),
        "## Uses",
        _asked("Has the dataset been used already? What should it not be used for?", OPEN),
        "## Distribution",
        _asked(
            "Under which licence? Who holds the rights in the articles?",
            f"Licence: {OPEN}\n\nThe articles' texts belong to their publishers unless stated "
            "otherwise.",
        ),
        "## Maintenance",
        _asked("Who maintains it, how are errors reported, will it be updated?", OPEN),
        _asked(
            "How can I tell that it is whole?",
            "`manifest.json` has the SHA-256 of every file; `newsdesk verify-dataset FOLDER` "
            "compares them.",
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _composition(options: DatasetOptions, found: Survey, labels: dict[str, Label]) -> list[str]:
    sides = found.sides
    what = {
        None: "An instance is an article",
        Chunk.PARAGRAPH: "An instance is a paragraph of an article",
        Chunk.SENTENCE: "An instance is a sentence of an article",
    }[options.chunk]
    rows = [
        [name, len(side.articles), side.annotations, side.code_points]
        for name, side in sides.items()
    ]
    counts = _sum(side.labels for side in sides.values())
    by_label = sorted(counts, key=lambda id: (-counts[id], labels[id].name))
    return [
        _asked(
            "What do the instances represent, and how many are there?",
            f"{what}, with what was marked in it. Articles, annotations and code points of text:",
        ),
        _table(["side", "articles", "annotations", "code points"], rows),
        _asked("What is marked?", "Annotations by label:"),
        _table(
            ["label", "layer", "all", *sides],
            [
                [labels[id].name, labels[id].layer.value, counts[id]]
                + [side.labels[id] for side in sides.values()]
                for id in by_label
            ],
        ),
        *_origins(found),
        _asked("Is anything missing?", _left(found)),
        _asked("Are there recommended splits?", _split(options, found)),
        _asked(
            "Does it name people, or hold anything confidential?",
            "The articles name people, as printed. " + _REDACTED[options.redact],
        ),
    ]


def _origins(found: Survey) -> list[str]:
    outlets = _sum(side.outlets for side in found.sides.values())
    years = _sum(side.years for side in found.sides.values())
    return [
        _asked("Of which publications, times and languages?", "Articles by outlet:"),
        _table(["outlet", "articles"], _most(outlets, "(not known)")),
        "Articles by year of publication:",
        _table(["year", "articles"], [[one or "(not known)", years[one]] for one in sorted(years)]),
        "Articles by language: " + _said(found.languages) + ".",
        "Articles by how far the work on them has come: " + _said(found.article_statuses) + ".",
    ]


_REDACTED = {
    Redaction.NONE: "Nothing about confidential sources was withheld: this is for the house's own "
    "use.",
    Redaction.STANDARD: "Who confidential sources are, why they are not named and what was noted "
    "about them was withheld (redaction: standard).",
    Redaction.FULL: "Confidential sources stand without identity, description, role and notes "
    "(redaction: full).",
}


def _labelling(
    options: DatasetOptions, found: Survey, labels: dict[str, Label], form: dict[str, Any]
) -> list[str]:
    people = sorted(found.people.values(), reverse=True)
    hands = [[f"annotator {number}", count] for number, count in enumerate(people, 1)]
    hands += [[name, count] for name, count in sorted(found.pipelines.items())]
    versions = sorted(
        (labels[id].name, labels[id].layer.value, version, labels[id].version, count)
        for (id, version), count in found.versions.items()
    )
    made = {key: form[key] for key in ("made_by", "desk", "query", "options", "data_format")}
    return [
        _asked(
            "Who annotated?",
            "Annotations by who made them. People have numbers here, not names; the data may "
            "hold the names under which they worked.",
        ),
        _table(["by", "annotations"], hands),
        "By status: " + _said(found.statuses) + ".",
        _asked(
            "By which codebook?",
            "Annotations by the version of the label that they were made under, with the version "
            "now in force:",
        ),
        _table(["label", "layer", "version", "in force", "annotations"], versions),
        _asked("Do annotators agree?", OPEN),
        _asked("How was the text prepared?", _prepared(options)),
        _asked("How was the dataset made?", "With these options, which make the same bytes again:"),
        "```json\n" + json.dumps(made, ensure_ascii=False, indent=2) + "\n```",
    ]


def _prepared(options: DatasetOptions) -> str:
    said = (
        "Texts are as they were printed, but for line breaks, which are line feeds, and byte order "
        "marks, which are gone. Offsets count Unicode code points unless the format says "
        "otherwise. Formats made of tokens follow the rule in Newsdesk's documentation of formats."
    )
    if options.chunk is not None:
        said += (
            f" Articles are cut by {options.chunk.value}; no mark is cut, so that pieces that one "
            "reaches across stay one. Each piece names its article and its place in it, under "
            "`chunk`."
        )
    return said


def _split(options: DatasetOptions, found: Survey) -> str:
    if not options.split:
        return "No."
    by = {
        SplitBy.ARTICLE: "by article",
        SplitBy.OUTLET: "by outlet: no outlet is on two sides",
        SplitBy.DATE: "by date: train is the oldest, test the newest, and no day is on two sides",
    }[options.split_by]
    stratified = options.stratified and options.split_by is not SplitBy.DATE
    also = ", with like shares of each label" if stratified else ""
    shares = ", ".join(f"{name} {share:.0%}" for name, share in options.shares.items())
    groups = len(set(found.groups.values()))
    return (
        f"Yes, {by}{also} ({shares}; seed {options.seed}). Near-duplicates and versions of one "
        f"article are never on two sides (groups of them here: {groups:,}). `articles.csv` lists "
        "every article with its side and its group."
    )


def _left(found: Survey) -> str:
    if not found.left:
        return "Of what was asked for, nothing was left out."
    left = (f"{count:,} {what}" for what, count in sorted(found.left.items()))
    return "Left out: " + "; ".join(left) + "."


def _table(heads: list[str], rows: Iterable[Iterable[object]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(_cell(one) for one in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return " ".join(str(value).split()).translate(_MARKDOWN)


def _most(counts: Counter[str], nameless: str) -> list[list[object]]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rows: list[list[object]] = [[name or nameless, count] for name, count in ordered[:_LISTED]]
    if rest := ordered[_LISTED:]:
        rows.append([f"{len(rest):,} others", sum(count for _, count in rest)])
    return rows


def _said(counts: Counter[str]) -> str:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{_cell(name) or '(not known)'} {count:,}" for name, count in ordered)


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    total = Counter[str]()
    for each in counts:
        total.update(each)
    return total
