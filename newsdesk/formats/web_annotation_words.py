"""The names by which a Web Annotation page carries Newsdesk's own records."""

NAME = "web-annotation"

ANNO = "http://www.w3.org/ns/anno.jsonld"
TERMS = "urn:newsdesk:terms:"

ARTICLE = "newsdesk:article"
ANNOTATION = "newsdesk:annotation"
ATTRIBUTION = "newsdesk:attribution"
BEFORE = "newsdesk:records"
AFTER = "newsdesk:checking"

_JSON = {"@type": "@json"}
CONTEXT = [
    ANNO,
    {
        "newsdesk": {"@id": TERMS, "@prefix": True},
        ARTICLE: _JSON,
        ANNOTATION: _JSON,
        ATTRIBUTION: _JSON,
        BEFORE: _JSON,
        AFTER: _JSON,
    },
]
"""Newsdesk's records are JSON to JSON-LD: literals, which it passes on and does not look into."""
