"""What there is on the desk: figures and charts of the articles that the filter means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from newsdesk.model import ArticleStatus, Status
from newsdesk.model.tallies import LabelTally, Tallies, Tally
from newsdesk.ui.dataset.charts import HATCHED, OUTLINED, Bar, BarChart, Chart, Part, TimeChart
from newsdesk.ui.header import status_name
from newsdesk.ui.plain import counted, plain_label

MOST = 15
"""Bars of a chart; what is beyond them is one bar more."""
YEARS_FROM = 48
"""Months beyond which a time is drawn by years."""


class Overview(QStackedWidget):
    """Shows counts; a sentence where there are none yet, none at all, or none to be had."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        em = self.fontMetrics().height()
        self._said = plain_label("", self, wrap=True, muted=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setContentsMargins(em * 3, em, em * 3, em)
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(em, em, em, em)
        self._column.setSpacing(em // 3)
        self.figures = plain_label("", page, wrap=True, bold=True, scale=1.1)
        self._column.addWidget(self.figures)
        self._versions_said = plain_label("", page, wrap=True, muted=True)
        self.progress = self._add(BarChart(self.tr("Progress of the library"), page))
        self.labels = self._add(BarChart(self.tr("Annotations by label"), page))
        self._key = plain_label(
            self.tr("Filled: accepted. Hatched: suggested. Outlined: rejected."), page, muted=True,
            wrap=True, scale=0.92,
        )  # fmt: skip
        self._column.addWidget(self._key)
        self.time = self._add(TimeChart(self.tr("Articles by time of publication"), page))
        self.outlets = self._add(BarChart(self.tr("Articles by outlet"), page))
        self.authors = self._add(BarChart(self.tr("Annotations by who made them"), page))
        self.versions = self._add(
            BarChart(self.tr("Versions of labels in use"), page), self._versions_said
        )
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("plain")
        scroll.setAccessibleName(self.tr("Counts and charts"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self.page = scroll
        self.addWidget(self._said)
        self.addWidget(scroll)

    def _add(self, chart: Chart, before: QLabel | None = None) -> Chart:
        em = self.fontMetrics().height()
        title = plain_label(chart.accessibleName(), chart.parentWidget(), bold=True)
        title.setContentsMargins(0, em, 0, em // 4)
        self._column.addWidget(title)
        if before is not None:
            self._column.addWidget(before)
        self._column.addWidget(chart)
        return chart

    def say(self, words: str) -> None:
        """Say something in place of the charts."""
        self._said.setText(words)
        self.setCurrentIndex(0)

    def show_tallies(self, found: Tallies, narrowed: bool) -> None:
        """Show these counts; `narrowed` says that a filter is set."""
        if not found.articles:
            self.say(
                self.tr("No article matches. Take away a filter to see more.")
                if narrowed
                else self.tr("There are no articles yet. Import some with Ctrl+I; what you tag in "
                             "them is counted here.")
            )  # fmt: skip
            return
        self.figures.setText(self._figures(found))
        progress = [Bar(status_name(one), (Part(count),)) for one, count in found.statuses.items()]
        self.progress.show_bars(progress)
        used = [one for one in found.labels if one.statuses]
        used.sort(key=lambda one: -sum(one.statuses.values()))
        self.labels.show_bars(_cut([_label_bar(one) for one in used]))
        self.outlets.show_bars(_cut([_outlet_bar(one) for one in found.outlets]))
        self.time.show_bars(_along_time(found.months))
        self.authors.show_bars(
            _cut([_author_bar(one) for one in (*found.authors, *found.pipelines)])
        )
        self._show_versions(used)
        self.setCurrentIndex(1)

    def _figures(self, found: Tallies) -> str:
        marks = found.annotations
        one, many = self.tr("1 article"), self.tr("{0} articles")
        parts = [counted(found.articles, one, many)]
        one, many = self.tr("1 annotation"), self.tr("{0} annotations")
        parts.append(counted(marks[Status.ACCEPTED], one, many))
        if marks[Status.PROPOSED]:
            one, many = self.tr("1 suggestion"), self.tr("{0} suggestions")
            parts.append(counted(marks[Status.PROPOSED], one, many))
        done = found.statuses[ArticleStatus.ANNOTATED] + found.statuses[ArticleStatus.REVIEWED]
        parts.append(self.tr("{0} % annotated").format(round(done * 100 / found.articles)))
        return " · ".join(parts)

    def _show_versions(self, used: Sequence[LabelTally]) -> None:
        bars = []
        for one in used:
            now = one.versions.get(one.version, 0)
            older = sum(one.versions.values()) - now
            if older:
                name = self.tr("{0}, version {1}").format(one.name, one.version)
                parts = (Part(now), Part(older, HATCHED, self.tr("under earlier versions")))
                bars.append(Bar(name, parts, one.colour))
        self.versions.show_bars(_cut(bars))
        self.versions.setVisible(bool(bars))
        self._versions_said.setText(
            self.tr("Hatched: made under an earlier version of the label.")
            if bars
            else self.tr("Everything was tagged under the versions now in force.")
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("dataset", text)


def _label_bar(one: LabelTally) -> Bar:
    parts = (
        Part(one.statuses.get(Status.ACCEPTED, 0), name=_tr("accepted")),
        Part(one.statuses.get(Status.PROPOSED, 0), HATCHED, _tr("suggested")),
        Part(one.statuses.get(Status.REJECTED, 0), OUTLINED, _tr("rejected")),
    )
    return Bar(one.name, parts, one.colour)


def _outlet_bar(one: Tally) -> Bar:
    return Bar(one.name or _tr("(no outlet)"), (Part(one.articles),))


def _author_bar(one: Tally) -> Bar:
    parts = (
        Part(one.accepted, name=_tr("accepted")),
        Part(one.proposed, HATCHED, _tr("suggested")),
    )
    return Bar(one.name or _tr("(no name)"), parts)


def _cut(bars: list[Bar]) -> list[Bar]:
    """The first bars, and one for the rest."""
    rest = bars[MOST:]
    if len(rest) < 2:
        return bars
    name = _tr("{0} others").format(f"{len(rest):,}")
    return [*bars[:MOST], Bar(name, (Part(sum(bar.total for bar in rest)),))]


def _along_time(months: Sequence[Tally]) -> list[Bar]:
    """A column for each month from the first to the last, or for each year; then the undated."""
    dated = {one.name: one.articles for one in months if one.name}
    undated = sum(one.articles for one in months if not one.name)
    bars = []
    if dated:
        first, last = (tuple(map(int, name.split("-"))) for name in (min(dated), max(dated)))
        count = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
        if count > YEARS_FROM:
            years: dict[str, int] = {}
            for name, articles in dated.items():
                years[name[:4]] = years.get(name[:4], 0) + articles
            names = [f"{year:04}" for year in range(first[0], last[0] + 1)]
            bars = [Bar(name, (Part(years.get(name, 0)),)) for name in names]
        else:
            every = (first[0] * 12 + first[1] - 1 + n for n in range(count))
            names = [f"{month // 12:04}-{month % 12 + 1:02}" for month in every]
            bars = [Bar(name, (Part(dated.get(name, 0)),)) for name in names]
    if undated:
        bars.append(Bar(_tr("no date"), (Part(undated, HATCHED),)))
    return bars
