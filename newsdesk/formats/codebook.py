"""Label names found: in the codebook that the reader was given, and in the file's own."""

from collections.abc import Iterable

from newsdesk.formats.objects import Misfit
from newsdesk.model import Label, Layer


class Codebook:
    """Labels by name and layer, those known before and those that a file brings."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._by_id: dict[str, Label] = {}
        self._by_name: dict[str, list[Label]] = {}
        for label in labels:
            self._enter(label, label.name)

    def find(self, name: str, layer: Layer | None) -> Label:
        """The label that a name means, in this layer if one is said. Raises Misfit for none."""
        found = self._by_name.get(name, ())
        for label in found:
            if layer is None or label.layer is layer:
                return label
        if found:
            raise Misfit(
                f"the label {name} is of the layer {found[0].layer.value}, "
                f"not {layer.value if layer else layer}",
                "layer",
            )
        raise Misfit(f"the label “{name}” is in no codebook, neither the file's nor yours", "label")

    def bring(self, label: Label) -> bool:
        """Take in a label of the file; give whether it is new.

        One that is known, by its id or by its name and layer, stays as it is; the file's name for
        it is understood all the same. Raises Misfit where an id means a label of another layer.
        """
        known = self._by_id.get(label.id)
        if known is None:
            same = self._by_name.get(label.name, ())
            known = next((one for one in same if one.layer is label.layer), None)
        elif known.layer is not label.layer:
            raise Misfit(
                f"its id is that of {known.name}, of the layer {known.layer.value}, "
                f"not {label.layer.value}",
                "layer",
            )
        self._enter(known or label, label.name)
        return known is None

    def _enter(self, label: Label, name: str) -> None:
        self._by_id[label.id] = label
        under = self._by_name.setdefault(name, [])
        if label not in under:
            under.append(label)
