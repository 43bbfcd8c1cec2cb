"""Words of a text, made comparable: stems, content words and names, without a pipeline."""

import re
from functools import cache

_WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+(?:[’'\-]\w+)*")
_SMALL = frozenset(
    (
        "a an the and or but if as at by for from in into of off on onto out over than that to up "
        "with within about after before between during through under until upon while when where "
        "which who whom whose what how it its he she they them his her their this these those "
        "there here we us our you your i me my be is are was were been being am do does did done "
        "have has had having will would shall should can could may might must not no nor never "
        "some any each every all both more most less least very so such also only just then now "
        "one two three four five six seven eight nine ten eleven twelve s t"
    ).split()
)
_SHORT_FORMS = {"won’t": "will not", "can’t": "can not", "shan’t": "shall not"}
_SUFFIXES = ("’s", "'s", "’", "ings", "ing", "ied", "ies", "ed", "es", "s", "e")


def words(text: str) -> list[str]:
    """The words of a text in lower case, contractions of “not” written out.

    “It’s” and “he’d” are left alone: they stand for more than one thing.
    """
    plain = text.replace("'", "’")
    found = [word.lower() for word in _WORD.findall(plain)]
    if "n’t" not in plain and "N’T" not in plain:
        return found
    return [part for word in found for part in _written_out(word)]


def _written_out(word: str) -> list[str]:
    if word.endswith("n’t"):
        return _SHORT_FORMS.get(word, f"{word[:-3]} not").split()
    return [word]


@cache
def stem(word: str) -> str:
    """A word without its commonest English endings: enough to tell that two words are alike.

    A simplification of step 1 of Porter (1980); what is left has at least three letters.
    """
    word = word.lower().replace("'", "’")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
            kept = word[: -len(suffix)]
            if suffix in ("ied", "ies"):
                return kept + "y"
            if suffix in ("’s", "'s", "’"):
                return stem(kept)
            if suffix in ("ed", "ing", "ings") and len(kept) > 3 and kept[-1] == kept[-2]:
                kept = kept[:-1]
            return kept[:-1] if kept.endswith("e") and len(kept) > 3 else kept
    return word


def content(text: str) -> list[str]:
    """The stems of a text's content words, in order; no function words, no figures."""
    return [stem(one) for one in words(text) if one not in _SMALL and not one[0].isdigit()]


def names(text: str) -> set[str]:
    """Stems of the words that are written with a capital, not counting the first of the text."""
    found = _WORD.findall(text)
    capital = [word[0].isupper() for word in found]
    return {
        stem(word)
        for at, word in enumerate(found)
        if capital[at]
        and (at > 0 or (len(found) > 1 and capital[1]))
        and word.lower() not in _SMALL
    }
