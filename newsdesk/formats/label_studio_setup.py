"""The labelling interface (XML) of a Label Studio project that is to show a desk's marks."""

from html import escape

from newsdesk.formats.flat import lose_records
from newsdesk.formats.foreign_marks import FRAGMENT
from newsdesk.formats.format import Dataset, FileFormat, Losses, Part, Target


def write_setup(dataset: Dataset, target: Target) -> Losses:
    """The labels with their colours, and the relations; all else is a loss."""
    losses = Losses()
    lose_records(dataset, losses, codebook="only name and colour are written")
    for bundle in dataset.articles():
        what = "a labelling interface holds no articles, nor what is marked in them"
        losses.add(Part.ANNOTATIONS, bundle.article.id, what)
    labels = "".join(
        f'    <Label value="{escape(label.name)}" background="{label.colour}"/>\n'
        for label in dataset.labels
        if not label.retired
    )
    relations = "".join(f'    <Relation value="{word}"/>\n' for word in ("source", "cue", FRAGMENT))
    with target.file() as file:
        file.write(
            f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n'
            f"  <Relations>\n{relations}  </Relations>\n"
            '  <Text name="text" value="$text" granularity="symbol"/>\n</View>\n'.encode()
        )
    return losses


FORMAT = FileFormat(
    name="label-studio-setup",
    title="Labelling interface for Label Studio",
    suffixes=(".xml",),
    looks_like=lambda _: False,
    losses=frozenset(Part),
    write=write_setup,
)
