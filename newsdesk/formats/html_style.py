"""The style sheet of an exported page: for reading in light and dark, and for print."""

from collections.abc import Iterable

from newsdesk.formats.html_marks import LANES, class_of
from newsdesk.model import Label, Pattern

_SHEET = """
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #1d1d1b; --soft: #6a6861;
  --line: #d9d5c9; --tint: 16%; }
@media (prefers-color-scheme: dark) { :root { --paper: #1c1c1a; --ink: #e9e6dd;
  --soft: #a19d92; --line: #45433d; --tint: 30%; } }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; background: var(--paper);
  color: var(--ink); font: 1.0625rem/1.5 Georgia, "Times New Roman", serif; }
header, nav, .legend, .facts, table { font-family: system-ui, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font: 600 .95rem/1.3 system-ui, "Segoe UI", sans-serif; margin: 2rem 0 .5rem; }
article { margin: 0 0 4rem; }
.facts { color: var(--soft); font-size: .875rem; margin: 0 0 1.5rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 2.3; unicode-bidi: plaintext; }
mark { color: inherit; padding: 0; box-decoration-break: clone;
  -webkit-box-decoration-break: clone; border-bottom: 2px var(--drawn) var(--c);
  background: color-mix(in srgb, var(--c) var(--tint), transparent); }
mark.proposed { background: none; border-bottom-style: dotted; }
mark.start { border-left: 1px solid var(--c); }
mark.end { border-right: 1px solid var(--c); }
mark.cut::after { content: "…"; color: var(--soft); }
mark[data-code]::before { content: attr(data-code); font: 600 .625rem/1 system-ui, sans-serif;
  vertical-align: super; color: var(--soft); margin: 0 .15em; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1rem; list-style: none; padding: .75rem 0;
  margin: 0 0 2rem; border: solid var(--line); border-width: 1px 0; font-size: .875rem; }
nav ol { padding-left: 1.5rem; }
nav a { color: inherit; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; }
@media print { :root { --paper: #fff; --ink: #000; --soft: #444; --line: #999; --tint: 12%; }
  body { max-width: none; padding: 0; font-size: 11pt; } nav { display: none; }
  article { break-after: page; } tr, h2 { break-inside: avoid; break-after: auto; }
  mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""

_DRAWN = {
    Pattern.DASHED: "dashed",
    Pattern.DOTTED: "dotted",
    Pattern.DASH_DOT: "dashed",
    Pattern.WAVY: "double",
    Pattern.BRACKET: "ridge",
    Pattern.BAR: "groove",
}
"""How a label's pattern is drawn below its marks; a border has no waves."""


def style_sheet(labels: Iterable[Label]) -> str:
    """The rules for the page, its labels and the lines that marks are drawn on."""
    rules = [_SHEET]
    for label in labels:
        drawn = _DRAWN.get(label.pattern, "solid")
        rules.append(f".{class_of(label)} {{ --c: {label.colour}; --drawn: {drawn}; }}\n")
    rules += [f".n{lane} {{ padding-bottom: {3 * lane}px; }}\n" for lane in range(1, LANES)]
    return "".join(rules)
