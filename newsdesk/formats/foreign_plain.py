"""Articles of which a file says nothing but text, labels and offsets, made without a detour.

Most lines of most files are so. They give what `Foreign.items` gives, three times as fast: that
way goes through the dataset's JSON, which checks what is not there.
"""

from collections.abc import Iterable, Iterator

from newsdesk.formats.derived import id_from
from newsdesk.formats.foreign import Foreign, Object, Task
from newsdesk.formats.format import Bundle, Filed, Item
from newsdesk.formats.spans import canonical_with_spans
from newsdesk.formats.text import propose_title
from newsdesk.model import Annotation, Article, Label, Span, now, sha256_of

PlainMark = tuple[int, int, str]
"""First code point, one past the last, and the label's name."""

_GUESSED = frozenset({"title"})


class Plain:
    """The short way beside a `Foreign`, whose codebook and ids it shares."""

    def __init__(self, foreign: Foreign, format: str) -> None:
        self._foreign, self._format = foreign, format
        self._labels: dict[str, Label] = {}

    def items(
        self, text: str, marks: Iterable[PlainMark], name: str, extra: Object, line: int
    ) -> list[Item] | None:
        """The article with its marks, and the labels that are new; None where anything is out of
        the ordinary: then `Foreign.items` has to look at it."""
        if not text or canonical_with_spans(text)[1] is not None:
            return None
        length, labels = len(text), self._labels
        new: list[str] = []
        for start, end, label in marks:
            if not 0 <= start < end <= length:
                return None
            if label not in labels and label not in new:
                if not label.strip():
                    return None
                new.append(label)
        task = Task(text=text, name=name, line=line)
        found = [item for label in new for item in self._learn(label, task)]
        return [*found, self._bundle(task, marks, extra)]

    def _learn(self, name: str, task: Task) -> Iterator[Item]:
        for item in self._foreign.label(name, task):
            assert isinstance(item, Filed), "a label that only has a name is sound"
            yield item
        self._labels[name] = self._foreign.objects.codebook.find(name, None)

    def _bundle(self, task: Task, marks: Iterable[PlainMark], extra: Object) -> Bundle:
        text, id = task.text, self._foreign.id_of(task, task.text)
        article = Article(
            id=id,
            text=text,
            sha256=sha256_of(text),
            title=propose_title(text),
            imported_at=now(),
            format=self._format,
            extra={self._format: extra} if extra else {},
        )
        made: dict[str, Annotation] = {}
        for start, end, name in marks:
            spans, label = (Span(start, end),), self._labels[name]
            key = f"{id}\0{name}\0[({start}, {end})]"
            mark, nth = id_from(key), 1
            while mark in made:
                nth += 1
                mark = id_from(f"{key}\0{nth}")
            made[mark] = Annotation(
                id=mark,
                article=id,
                spans=spans,
                label=label.id,
                label_version=label.version,
                quote=text[start:end],
            )
        marked = tuple(made.values())
        return Bundle(article=article, annotations=marked, guessed=_GUESSED, line=task.line)
