"""Whether the indicators of a pack agree with each other, with its documents and with its axes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dafeng import units
from dafeng.errors import Collector, UnitError, suggestion
from dafeng.facts.indicator import Axis, Indicator
from dafeng.store.yamlfile import YamlFile


def check_indicators(
    indicators: Sequence[Indicator],
    file: YamlFile,
    faults: Collector,
    *,
    documents: Collection[str] | None,
    axes: Mapping[str, Axis] | None,
) -> None:
    """Note every fault of indicators.yaml that one indicator alone does not show.

    `documents` are the ids of documents.yaml, `axes` the axes of facts/axes.yaml; None where they could not be read.
    """
    ids: dict[str, int] = {}
    for i, indicator in enumerate(indicators):
        if indicator.id in ids:
            first = file.place("indicators", ids[indicator.id])
            message = f"the indicator '{indicator.id}' is declared twice (first at {first})"
            faults.add(
                "duplicate-id", file.place("indicators", i, "id"), message, "One id, one meaning: keep one of them"
            )
        ids.setdefault(indicator.id, i)
    for i, indicator in enumerate(indicators):
        _Indicator(indicator, i, file, faults).check(ids, documents, axes)


class _Indicator:
    def __init__(self, indicator: Indicator, position: int, file: YamlFile, faults: Collector) -> None:
        self.indicator, self.position, self.file, self.faults = indicator, position, file, faults

    def check(self, ids: Collection[str], documents: Collection[str] | None, axes: Mapping[str, Axis] | None) -> None:
        indicator = self.indicator
        if self._unit(indicator.unit, "unit"):
            shown = {"zh": indicator.display.zh, "en": indicator.display.en} if indicator.display else {}
            for language, unit in shown.items():
                self._displayed(unit, language)
        for label, unit in indicator.units.items():
            self._unit(unit, "units", label)
        if indicator.changes and indicator.changes not in ids:
            self._unknown("unknown-indicator", "indicator", indicator.changes, ids, "changes")
        if documents is not None:
            for j, id in enumerate(indicator.priority):
                if id not in documents:
                    self._unknown("unknown-document", "document", id, documents, "priority", j)
            source = indicator.awaiting.source if indicator.awaiting else ""
            if source and source not in documents:
                self._unknown("unknown-document", "document", source, documents, "awaiting", "source")
        if axes is not None:
            labels = {label for axis in indicator.dims if axis in axes for label in axes[axis].labels}
            for j, axis in enumerate(indicator.dims):
                if axis not in axes:
                    self._unknown("unknown-axis", "axis", axis, axes, "dims", j)
            for label in indicator.units:
                if label not in labels:
                    self._unknown("unknown-label", "label of its axes", label, labels, "units", label)

    def _unit(self, unit: str, *key: str) -> bool:
        try:
            units.parse(unit)
        except UnitError as error:
            message, _, remedy = str(error).partition(". ")
            self._add("unknown-unit", f"{self.indicator.id}: {message}", remedy, *key)
            return False
        return True

    def _displayed(self, unit: str, language: str) -> None:
        if self._unit(unit, "display", language) and not units.same_dimension(unit, self.indicator.unit):
            message = f"{self.indicator.id} is counted in '{self.indicator.unit}', which '{unit}' cannot show"
            self._add("unit-dimension", message, "Show it in a unit of the same dimension", "display", language)

    def _unknown(self, code: str, kind: str, id: str, known: Collection[str], *key: str | int) -> None:
        remedy = suggestion(id, known, "Declare it, or correct the name")
        self._add(code, f"{self.indicator.id}: no {kind} is called '{id}'", remedy, *key)

    def _add(self, code: str, message: str, remedy: str, *key: str | int) -> None:
        self.faults.add(code, self.file.place("indicators", self.position, *key), message, remedy or "Correct it")
