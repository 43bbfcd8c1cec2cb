"""Writing TEI P5: a corpus with an article a `TEI`, its text whole, and standoff annotations."""

from collections.abc import Iterator

import msgspec

from newsdesk.formats.companion import AFTER, BEFORE, Companion, plain_names
from newsdesk.formats.format import Bundle, Dataset, Losses, Part, Target
from newsdesk.formats.xml_reading import storable
from newsdesk.formats.xml_writing import content, quoted
from newsdesk.model import Annotation, Entity, Label, replace

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
DATA = "https://newsdesk.invalid/ns/tei"
"""The namespace of what Newsdesk keeps in `xenoData`; nothing is fetched from it."""

LISTS = {
    "PERSON": ("listPerson", "person", "persName"),
    "ORG": ("listOrg", "org", "orgName"),
    "OUTLET": ("listOrg", "org", "orgName"),
    "GPE": ("listPlace", "place", "placeName"),
    "LOC": ("listPlace", "place", "placeName"),
    "FAC": ("listPlace", "place", "placeName"),
}
"""TEI's list, entry and name for a kind of entity; other kinds are items of a plain list."""

LONGEST = 9_000_000
"""Bytes that one text may have: libxml2 refuses ten million."""

_OPENING = f"""<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="{TEI}">
<teiHeader>
<fileDesc><titleStmt><title>Annotated articles</title></titleStmt>
<publicationStmt><p>Exported from Newsdesk</p></publicationStmt>
<sourceDesc><p>The articles of a newsroom's desk</p></sourceDesc></fileDesc>
"""


def write_tei(dataset: Dataset, target: Target) -> Losses:
    """Write one `teiCorpus`; an article is written before the next is begun."""
    losses = Losses()
    companion = Companion(dataset, "tei", losses, xml=True)
    names = {id: f"l-{name}" for id, name in plain_names(dataset.labels, r"[^A-Za-z0-9_-]").items()}
    keys: dict[str, str] = {}
    with target.file() as file:

        def write(text: str) -> None:
            file.write(text.encode())

        write(_OPENING)
        write(_codebook(dataset.labels, names))
        write(_aside("record", companion.header(names)))
        for line in companion.records((*BEFORE, *AFTER)):
            if _fits(line, losses):
                write(_aside("record", line))
        write("</teiHeader>\n")
        for number, entity in enumerate(dataset.entities(), 1):
            keys[entity.id] = f"e{number}"
            write("<standOff>\n" if number == 1 else "")
            write(_entity(entity, keys[entity.id]))
        write("</standOff>\n" if keys else "")
        article = 0
        for article, bundle in enumerate(dataset.articles(), 1):
            bag = companion.bag(bundle)
            if len(bag) > LONGEST:
                bundle = _without_raw(bundle, losses)
                bag = companion.bag(bundle)
            for part in _article(bundle, f"a{article}", names, keys, bag):
                write(part)
            count = storable(bundle.article.text)[1]
            if count:
                what = f"{count} control characters of the text are � to other programs"
                losses.add(Part.DETAILS, bundle.article.id, what)
        if not article:  # a corpus can't be empty
            write(f'<TEI xml:id="none">{_header("No articles", "", b"")}')
            write("<text><body><p/></body></text></TEI>\n")
        write("</teiCorpus>\n")
    return losses


class _Named(msgspec.Struct):
    id: str = ""


def _fits(line: bytes, losses: Losses) -> bool:
    if len(line) <= LONGEST:
        return True
    id = msgspec.json.decode(line, type=_Named).id
    losses.add(Part.EVIDENCE, id, f"it is longer than {LONGEST:,} bytes, which XML readers refuse")
    return False


def _without_raw(bundle: Bundle, losses: Losses) -> Bundle:
    what = f"the bytes that came in are more than {LONGEST:,}, which XML readers refuse"
    losses.add(Part.RAW, bundle.article.id, what)
    return msgspec.structs.replace(bundle, article=replace(bundle.article, raw=None))


def _aside(kind: str, line: bytes) -> str:
    return (
        f'<xenoData><json xmlns="{DATA}" kind="{kind}">{content(line.decode())}</json></xenoData>\n'
    )


def _codebook(labels: tuple[Label, ...], names: dict[str, str]) -> str:
    if not labels:
        return ""
    lines = ["<encodingDesc><classDecl><taxonomy>\n"]
    for label in labels:
        words = f"{label.name} ({label.layer.value})"
        lines.append(
            f"<category xml:id={quoted(names[label.id])} n={quoted(label.name)}>"
            f"<catDesc>{content(words)}</catDesc></category>\n"
        )
    return "".join(lines) + "</taxonomy></classDecl></encodingDesc>\n"


def _entity(entity: Entity, key: str) -> str:
    outer, inner, name = LISTS.get(entity.kind, ("list", "item", "name"))
    known = f" key={quoted(entity.kb_id)}" if entity.kb_id else ""
    kind = f" type={quoted(entity.kind)}" if name == "name" and entity.kind.isidentifier() else ""
    return (
        f'<{outer}><{inner} xml:id="{key}"><{name}{known}{kind}>{content(entity.name)}</{name}>'
        f"</{inner}></{outer}>\n"
    )


def _header(title: str, details: str, bag: bytes) -> str:
    aside = _aside("bag", bag) if bag else ""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{content(title)}</title></titleStmt>"
        "<publicationStmt><p>Exported from Newsdesk</p></publicationStmt>"
        f"<sourceDesc><bibl><title>{content(title)}</title>{details}</bibl></sourceDesc></fileDesc>\n"
        f"{aside}</teiHeader>\n"
    )


def _article(
    bundle: Bundle, key: str, names: dict[str, str], keys: dict[str, str], bag: bytes
) -> Iterator[str]:
    article = bundle.article
    details = f"<author>{content(article.byline)}</author>" if article.byline else ""
    details += f"<publisher>{content(bundle.outlet)}</publisher>" if bundle.outlet else ""
    if article.published:
        details += f"<date when={quoted(article.published[:10])}/>"
    yield f'<TEI xml:id="{key}">\n{_header(article.title or "Untitled", details, bag)}'
    if bundle.annotations:
        yield "<standOff>\n<listAnnotation>\n"
        places = {}
        for number, mark in enumerate(bundle.annotations, 1):
            places[mark.id] = f"{key}-m{number}"
            yield _annotation(mark, places[mark.id], f"{key}-t", names, keys)
        yield "</listAnnotation>\n"
        yield from _links(bundle, places)
        yield "</standOff>\n"
    yield f'<text><body><ab xml:id="{key}-t" xml:space="preserve">'
    yield content(article.text) + "</ab></body></text>\n</TEI>\n"


def _annotation(
    mark: Annotation, key: str, text: str, names: dict[str, str], keys: dict[str, str]
) -> str:
    places = ",".join(f"{start},{end - start}" for start, end in mark.spans)
    said = f'<annotation xml:id="{key}" motivation="classifying" '
    said += f'target="#string-range({text},{places})" ana="#{names[mark.label]}"'
    if mark.entity in keys:
        said += f' corresp="#{keys[mark.entity or ""]}"'
    said += f' n="{mark.status.value}"'
    if mark.author:
        said += f"><respStmt><resp>annotator</resp><name>{content(mark.author)}</name></respStmt"
    if mark.note:
        said += f"><note>{content(mark.note)}</note"
    return said + ("></annotation>\n" if mark.author or mark.note else "/>\n")


def _links(bundle: Bundle, places: dict[str, str]) -> Iterator[str]:
    ties = []
    for tie in bundle.attributions:
        for kind, end in (("source", tie.source_mention), ("cue", tie.cue)):
            if tie.content in places and end in places:
                ends = f"#{places[tie.content]} #{places[end or '']}"
                ties.append(f'<link type="{kind}" target="{ends}"/>')
    if ties:
        yield f'<linkGrp type="attribution">{"".join(ties)}</linkGrp>\n'
