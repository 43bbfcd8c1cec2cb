"""The rules about quotes: their marks, their pieces, their levels and their attributions."""

import re

from newsdesk.desk.house.marked import Finding, Found, Marked, is_answer
from newsdesk.model import Annotation, Manner

SCARE = 3
"""Words that a quotation without a cue may have at most to be taken for scare quotes."""
_SENTENCE_ENDS = re.compile(r"[.!?…]\W*\s+\w")


def quote_excludes_marks(article: Marked) -> Finding:
    """A direct quote whose span begins or ends on a quotation mark."""
    for quote in filter(article.is_direct, article.quotes):
        for start, end in quote.spans:
            # Marks within marks are the words of the quote, not its own.
            opens = start in article.opening and article.before(start) not in article.opening
            shuts = end - 1 in article.closing and article.after(end) not in article.closing
            if opens or shuts:
                yield Found(quote, "It takes in its quotation marks; leave them outside.")
                break


def quote_includes_marks(article: Marked) -> Finding:
    """A direct quote whose span leaves its opening or closing mark outside."""
    for quote in filter(article.is_direct, article.quotes):
        for start, end in quote.spans:
            if article.before(start) in article.opening or article.after(end) in article.closing:
                yield Found(quote, "Its quotation marks are left outside; take them in.")
                break


def no_paraphrase(article: Marked) -> Finding:
    """A quote whose attribution is indirect or mixed."""
    for quote in article.quotes:
        manners = {tie.manner for tie in article.ties(quote)}
        if manners & {Manner.INDIRECT, Manner.MIXED}:
            yield Found(quote, "It is a paraphrase; this house marks direct quotes only.")


def split_quote_is_one(article: Marked) -> Finding:
    """Two quotes of one paragraph that share a cue and have nothing but that cue’s clause
    between them."""
    for first, second in zip(article.quotes, article.quotes[1:], strict=False):
        if first.end > second.start:
            continue
        between = article.text[first.end : second.start]
        shared = _cues(article, first) & _cues(article, second)
        parts = any(first.end <= cue.start and cue.end <= second.start for cue in shared)
        if parts and "\n" not in between and not _SENTENCE_ENDS.search(between):
            yield Found(second, "It goes on with the quote before its cue; make them one, in two.")


def _cues(article: Marked, quote: Annotation) -> set[Annotation]:
    return {article.by_id[tie.cue] for tie in article.ties(quote) if tie.cue}


def split_quote_is_several(article: Marked) -> Finding:
    """A quote with several spans in one paragraph."""
    for quote in article.quotes:
        places = [article.paragraph(span.start) for span in quote.spans]
        if len(places) != len(set(places)):
            yield Found(quote, "It is split around its cue; make each piece a quote of its own.")


def paragraphs_are_one_quote(article: Marked) -> Finding:
    """A quote that ends without a closing mark while the next paragraph opens one: the two should
    be one annotation."""
    for quote in filter(article.is_direct, article.quotes):
        at = article.paragraph(quote.end - 1)
        if at < 0 or at + 1 >= len(article.paragraphs):
            continue
        runs_on = quote.end == article.paragraphs[at][1] and quote.end - 1 not in article.closing
        if runs_on and article.paragraphs[at + 1][0] in article.opening:
            yield Found(quote, "It goes on in the next paragraph; make the two one annotation.")


def outermost_quotes_only(article: Marked) -> Finding:
    """A quote that lies within another quote."""
    reach: list[Annotation] = []
    for quote in article.quotes:  # by start, the longer first
        reach = [one for one in reach if one.end > quote.start]
        if any(all(_covers(one, span) for span in quote.spans) for one in reach):
            yield Found(quote, "It lies within another quote; this house marks the outermost only.")
        reach.append(quote)


def _covers(outer: Annotation, span: tuple[int, int]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer.spans)


def scare_quotes_excluded(article: Marked) -> Finding:
    """A direct quote of at most three words without a cue."""
    for quote in filter(article.is_direct, article.quotes):
        if len(quote.quote.split()) <= SCARE and not _cues(article, quote):
            yield Found(quote, "Few words and no cue: scare quotes and titles are no quotes.")


def quote_has_attribution(article: Marked) -> Finding:
    """A quote without an attribution, be it an orphan one."""
    for quote in article.quotes:
        if not article.ties(quote):
            yield Found(quote, "Nobody is said to have said it; mark the speaker.")


def one_source_a_quote(article: Marked) -> Finding:
    """A quote with two sources at the same hop, answers left out."""
    for quote in article.quotes:
        seen: dict[int, set[str]] = {}
        for tie in article.ties(quote):
            speaker = tie.source or tie.source_mention
            if speaker and not is_answer(tie):
                seen.setdefault(tie.hop, set()).add(speaker)
        if any(len(speakers) > 1 for speakers in seen.values()):
            yield Found(quote, "Two sources say it; make them one compound source.")
