"""What the catalogue knows by name, as header words and cells ask it; without a catalogue, nothing."""

from __future__ import annotations

from dataclasses import dataclass

from common.catalogue import Catalogue


@dataclass(frozen=True)
class KnownNames:
    """The names of a catalogue, or none."""

    catalogue: Catalogue | None = None

    def item(self, text: str) -> bool:
        """Say whether a text names items or categories."""
        return self.catalogue is not None and bool(self.catalogue.certificates_in(text))

    def exact_item(self, text: str) -> bool:
        """Say whether a text names an item, and not only a category."""
        return self.catalogue is not None and any(one.item for one in self.catalogue.certificates_in(text))

    def kind(self, text: str) -> bool:
        """Say whether a text names a kind of certificate."""
        return self.catalogue is not None and self.catalogue.match_kind(text) is not None
