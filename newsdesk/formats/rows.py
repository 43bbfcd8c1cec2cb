"""Articles and annotations as rows of a table: what CSV and Parquet have in common."""

from typing import Any

from newsdesk.formats.carried import Block, Carrier
from newsdesk.formats.derived import derived_id
from newsdesk.formats.format import Bundle

ARTICLE = ("title", "published", "outlet", "byline", "url", "language", "status")
"""What of an article stands in columns; all that is known of it stands in its object too."""

Row = dict[str, Any]


def article_row(bundle: Bundle, block: Block) -> Row:
    """An article's columns, and the object that goes with it, without what has columns."""
    article = bundle.article
    row: Row = {name: getattr(article, name) for name in ARTICLE}
    row |= {"id": article.id, "outlet": bundle.outlet or None, "status": article.status.value}
    row["text"] = article.text
    row["newsdesk"] = {key: value for key, value in block.items() if key != "annotations"}
    return row


def annotation_rows(bundle: Bundle, block: Block, carrier: Carrier) -> list[Row]:
    """The columns of each annotation; `more` holds what has none."""
    entities = {one["id"]: one for one in block.get("entities", ())}
    claims = {one["id"]: one for one in block.get("claims", ())}
    carried = {one["id"]: one for one in block.get("annotations", ())}
    rows = []
    for mark in bundle.annotations:
        label = carrier.labels[mark.label]
        entity, claim = entities.get(mark.entity, {}), claims.get(mark.claim, {})
        row: Row = {
            "id": mark.id,
            "label": label.name,
            "layer": label.layer.value,
            "spans": [list(span) for span in mark.spans],
            "text": [span.of(bundle.article.text) for span in mark.spans],
            "status": mark.status.value,
            "confidence": mark.confidence,
            "origin": mark.origin,
            "author": mark.author,
            "note": mark.note,
            "attributes": mark.attributes,
            "entity": mark.entity,
            "claim": mark.claim,
        }
        own = carried[mark.id]
        row["more"] = {key: value for key, value in own.items() if key not in row}
        row |= {"entity_name": entity.get("name"), "kb_id": entity.get("kb_id")}
        row["statement"] = claim.get("statement")
        rows.append(row)
    return rows


def annotation_of(row: Row, block: Block) -> Row:
    """A row's annotation as Newsdesk's object. An entity or a claim that only the row knows is
    put into the block."""
    more = row.get("more")
    made = dict(more) if isinstance(more, dict) else {}
    made |= {key: value for key, value in row.items() if key in _OWN and value is not None}
    _refer(made, block, "entities", _entity(row))
    _refer(made, block, "claims", _claim(row))
    return made


def changed_article(row: Row, block: Block) -> Row:
    """An article's object, with what was changed in its columns."""
    found = block.get("article")
    known = dict(found) if isinstance(found, dict) else {}
    for name in ARTICLE:
        value = row.get(name)
        if value not in (None, "") and value != known.get(name, _USUAL.get(name)):
            known[name] = value
            if name == "outlet":
                known.pop("outlet_source", None)
    return known


_OWN = {"id", "label", "layer", "spans", "text", "status", "confidence", "origin", "author"}
_OWN |= {"note", "attributes"}
_USUAL = {"language": "en", "status": "new"}


def _refer(made: Row, block: Block, key: str, record: Row | None) -> None:
    if record is None:
        return
    made[{"entities": "entity", "claims": "claim"}[key]] = record["id"]
    known = block.setdefault(key, [])
    if not isinstance(known, list):
        return
    if not any(isinstance(one, dict) and one.get("id") == record["id"] for one in known):
        named = record.get("name") or record.get("statement")
        if isinstance(named, str) and named.strip():
            known.append(record)


def _entity(row: Row) -> Row | None:
    id, name, kb_id = row.get("entity"), row.get("entity_name"), row.get("kb_id")
    if not id and not name:
        return None
    label = row.get("label")
    id = id or derived_id("entity", str(kb_id or ""), str(name), str(label))
    return {"id": id, "name": name or "", "kind": label or "", "kb_id": kb_id or None}


def _claim(row: Row) -> Row | None:
    id, statement = row.get("claim"), row.get("statement")
    if not id and not statement:
        return None
    return {"id": id or derived_id("claim", str(statement)), "statement": statement or ""}
