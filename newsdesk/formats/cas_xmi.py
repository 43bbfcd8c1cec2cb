"""UIMA CAS as XMI: a folder with an .xmi for each article, and the type system beside them."""

import re
from collections.abc import Iterator

from newsdesk.formats.cas_reading import Cas, Fs, read_cas
from newsdesk.formats.cas_types import VIEW
from newsdesk.formats.cas_writing import (
    Article,
    Structure,
    articles,
    attribute_text,
    tell_controls,
)
from newsdesk.formats.format import Dataset, FileFormat, Input, Item, Losses, Part, Reading, Target
from newsdesk.formats.xml_reading import BrokenXML, parse
from newsdesk.formats.xml_writing import in_quotes

LONGEST = 50_000_000
"""Bytes that one .xmi may have: a novel with all its tokens has five million."""

_CAS = "http:///uima/cas.ecore"
_XMI = "http://www.omg.org/XMI"
_ID = f"{{{_XMI}}}id"
_VERSION = re.compile(rb"^(\s*<\?xml[^>]{0,40}version\s*=\s*[\"'])1\.1")
_OTHER = re.compile("[^ -!#-%'-;=?-~]")  # what needs a look before it is an attribute's value


def write_xmi(dataset: Dataset, target: Target) -> Losses:
    """Write the folder; each article is on the disk before the next is begun."""
    losses = Losses()
    for article in articles(dataset, target, "cas-xmi", losses):
        with target.file(f"{article.stem}.xmi") as file:
            file.write(_document(article).encode())
        tell_controls(str(article.structures[0].features["documentId"]), article.text, losses)
    return losses


def _document(article: Article) -> str:
    spaces: dict[str, str] = {}
    types: dict[str, str] = {}
    shown: dict[str, str] = {}
    body = [_element(one, spaces, types, shown) for one in article.structures]
    members = " ".join(str(one.id) for one in article.structures if one.begin >= 0)
    names = "".join(f' xmlns:{short}="{space}"' for space, short in spaces.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xmi:XMI xmlns:xmi="{_XMI}" xmlns:cas="{_CAS}"{names} xmi:version="2.0">\n'
        '<cas:NULL xmi:id="0"/>\n' + "".join(body) + '<cas:Sofa xmi:id="1" sofaNum="1" '
        f'sofaID="{VIEW}" mimeType="text/plain" sofaString="{in_quotes(article.text)}"/>\n'
        f'<cas:View sofa="1" members="{members}"/>\n</xmi:XMI>\n'
    )


def _element(
    one: Structure, spaces: dict[str, str], types: dict[str, str], shown: dict[str, str]
) -> str:
    """One structure; names of types, and words, are made out once for each document."""
    id, type, begin, end, features, references = one
    name = types.get(type) or types.setdefault(type, _name(type, spaces))
    place = f' sofa="1" begin="{begin}" end="{end}"' if begin >= 0 else ""
    said = f'<{name} xmi:id="{id}"{place}'
    for key, value in features.items():
        words = value if isinstance(value, str) else attribute_text(value)
        said += f' {key}="{shown.get(words) or shown.setdefault(words, _shown(words))}"'
    for key, ids in references.items():
        said += f' {key}="{" ".join(map(str, ids))}"'
    return said + "/>\n"


def _shown(words: str) -> str:
    return in_quotes(words) if _OTHER.search(words) else words


def _name(type: str, spaces: dict[str, str]) -> str:
    """A type's name under the short form of its namespace, which joins those of the document."""
    package, _, name = type.rpartition(".")
    space = f"http:///{package.replace('.', '/')}.ecore"
    short = spaces.get(space)
    if short is None:
        short = spaces[space] = f"t{len(spaces)}"
    return f"{short}:{name}"


def read_xmi(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of one .xmi, of a folder or of a zip archive."""
    return read_cas(source, reading, "cas-xmi", ".xmi", _loaded)


def _loaded(source: Input) -> Cas:
    """What one document holds; raises BrokenXML."""
    with source.open() as file:
        raw = file.read(LONGEST + 1)
    root = parse(_VERSION.sub(rb"\g<1>1.0", raw), limit_bytes=LONGEST)
    if root.tag != f"{{{_XMI}}}XMI":
        raise BrokenXML("it is no XMI: its first element is another.")
    cas = Cas()
    for element in root:
        space, _, name = str(element.tag).removeprefix("{").rpartition("}")
        features = {str(key): str(value) for key, value in element.attrib.items()}
        id = features.pop(_ID, "")
        if space == _CAS and name == "Sofa":
            cas.sofas[id] = (features.get("sofaID", ""), features.get("sofaString"))
        elif "begin" in features or "sofa" in features or space not in (_CAS, ""):
            package = space.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
            type = f"{package}.{name}" if package else name
            cas.structures[id] = Fs(id, type, features, element.sourceline or 0)
    return cas


FORMAT = FileFormat(
    name="cas-xmi",
    title="UIMA CAS (XMI, for INCEpTION)",
    suffixes=(".xmi",),
    looks_like=lambda head: (
        (b"<xmi:XMI" in head or _XMI.encode() in head)
        if not head.startswith(b"PK\x03\x04")
        else b".xmi" in head or b"TypeSystem.xml" in head
    ),
    losses=frozenset({Part.JOURNAL}),
    read=read_xmi,
    write=write_xmi,
    folder=True,
)
