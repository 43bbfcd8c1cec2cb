"""The style sheet of a dossier's page: for reading in light and dark, and for print."""

STYLE = """
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #1d1d1b; --soft: #6a6861;
  --line: #d9d5c9; --tint: #fff3c4; --gap: #a23b1e; }
@media (prefers-color-scheme: dark) { :root { --paper: #1c1c1a; --ink: #e9e6dd;
  --soft: #a19d92; --line: #45433d; --tint: #4a4018; --gap: #f0906f; } }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; background: var(--paper);
  color: var(--ink); font: 1.0625rem/1.5 Georgia, "Times New Roman", serif;
  overflow-wrap: anywhere; }
.kind, .facts, h2, h3, table, .ladder, .how, .copy, .url, .files, .remark, .answer, .none, .missing
  { font-family: system-ui, "Segoe UI", sans-serif; }
.kind { color: var(--soft); font-size: .875rem; margin: 0 0 .5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1.25rem; }
h2 { font-size: 1.05rem; line-height: 1.3; margin: 2.5rem 0 .75rem; padding-top: .75rem;
  border-top: 1px solid var(--line); }
h3 { font-size: .95rem; line-height: 1.35; margin: 1.5rem 0 .35rem; }
p { margin: .35rem 0; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0; font-size: .9rem; }
.facts dt { color: var(--soft); font-size: .8125rem; }
.facts dd { margin: 0; font-weight: 600; }
blockquote { margin: .35rem 0 .5rem; padding: 0 0 0 .9rem; border-left: 3px solid var(--line); }
mark { background: var(--tint); color: inherit; }
.ladder { margin: .5rem 0; padding-left: 1.5rem; font-size: .9rem; }
.ladder li { margin: .15rem 0; }
.here, .how, .url, .copy, .none, .remark, .answer { color: var(--soft); font-size: .875rem; }
.shown { font-style: italic; }
.gap { color: var(--gap); }
.hash { font: .75rem/1.4 ui-monospace, Menlo, Consolas, monospace; }
.comment { white-space: pre-wrap; }
.files, .missing { padding-left: 1.25rem; font-size: .9rem; }
a { color: inherit; }
table { border-collapse: collapse; width: 100%; font-size: .8125rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .75rem .3rem 0;
  border-bottom: 1px solid var(--line); }
td:nth-child(1), td:nth-child(2) { white-space: nowrap; }
th { color: var(--soft); font-weight: 600; }
@media print { :root { --paper: #fff; --ink: #000; --soft: #444; --line: #999; --tint: #eee;
  --gap: #000; } body { max-width: none; padding: 0; font-size: 10.5pt; }
  article, tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  mark { text-decoration: underline; } }
"""
