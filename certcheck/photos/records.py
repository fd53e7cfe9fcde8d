"""What is known of a photo of a certificate: where its QR codes lead, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from certcheck.folder import Use
from certcheck.listed import who_of
from certcheck.model import Entry
from certcheck.registry.address import Judgement


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo as read: where its codes lead, and whose number stands in them.

    ``plain`` says that a code holds no address; ``fault`` why the photo cannot be read.
    """

    judgements: tuple[Judgement, ...] = ()
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
    plain: bool = False
    fault: str = ""

    @property
    def bare(self) -> bool:
        """Say whether the photo was read and has no code."""
        return not (self.judgements or self.plain or self.fault)


@dataclass(frozen=True)
class Photos:
    """The photos of every person, and what became of each file."""

    uses: tuple[Use, ...] = ()
    of_whom: Mapping[str, tuple[Photo, ...]] = field(default_factory=dict, repr=False)

    def of(self, entry: Entry) -> tuple[Photo, ...]:
        """Give the photos of an entry's person."""
        return self.of_whom.get(who_of(entry), ())


NO_PHOTOS = Photos()
"""What there is where no photos were handed in."""
