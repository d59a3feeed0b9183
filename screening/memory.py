"""What a scan may know from before, without knowing where it is kept.

A ``Memory`` stands beside the ``Sink``: it is asked about uploads before they are read, and told what was read, so
that a scan that was cut off goes on and one that is run again opens no photo twice. Templates are never given to it:
faces are kept with their boxes, and embedded again where they have to be compared again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from candidates.match import Sighting
from candidates.population import Population
from screening.gathered import MetPhoto
from screening.many_uploads import KnownUpload
from screening.upload_facts import UploadFacts
from screening.uploads import Row, Upload

Sightings = tuple[tuple[Sighting, ...], ...]
"""For each face of a photo one sighting, or none."""


@dataclass(frozen=True, slots=True, eq=False)
class Recalled:
    """What is known of an upload.

    Attributes:
        photo: what was read of the same bytes, by the same networks.
        sightings: what was found against the memory's population, or nothing where that has to be done again.
    """

    photo: MetPhoto
    sightings: tuple[Sightings, ...] = ()

    def __post_init__(self) -> None:
        if len(self.sightings) > 1 or any(len(each) != len(self.photo.faces) for each in self.sightings):
            raise ValueError(f"sightings: expected one for each of {len(self.photo.faces)} faces, or none at all")

    @property
    def assessable(self) -> bool:
        """Whether some face can be compared."""
        return any(face.quality.assessable for face in self.photo.faces)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The population that remembered sightings rest on.

    Attributes:
        populations: sums over people, without a template; none where they were too few to be kept.
        people: how many they were.
        faces: how many the population was measured with.
        faces_added: how many of later photos were seen against it since.
        calibrated: it was large enough for E-values.
    """

    populations: tuple[Population, ...]
    people: float
    faces: int
    faces_added: int = 0
    calibrated: bool = False


class Memory(Protocol):
    """What is kept from scan to scan."""

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The population of the scan whose sightings are remembered, or none."""

    def recall(self, uploads: Sequence[Upload]) -> Mapping[int, Recalled]:
        """What is known of some uploads, by their index; those that nothing is known of are left out."""

    def keep(self, upload: Upload, photo: MetPhoto) -> None:
        """Remember what was read; told again when hands were added."""

    def other_uploads(self, hashes: Sequence[str]) -> Mapping[str, Sequence[KnownUpload]]:
        """Uploads of the same photos, by their hash, that were met in other scans and not in this one."""

    def remembered(self, rows: Sequence[Row]) -> Mapping[int, UploadFacts]:
        """What earlier scans knew of some files, by index; those that nothing is known of are left out."""


class NoMemory:
    """A scan that knows nothing from before and leaves nothing."""

    kept: tuple[Kept, ...] = ()

    def recall(self, uploads: Sequence[Upload]) -> Mapping[int, Recalled]:
        """Nothing."""
        del uploads
        return {}

    def keep(self, upload: Upload, photo: MetPhoto) -> None:
        """Nothing is kept."""

    def other_uploads(self, hashes: Sequence[str]) -> Mapping[str, Sequence[KnownUpload]]:
        """None."""
        del hashes
        return {}

    def remembered(self, rows: Sequence[Row]) -> Mapping[int, UploadFacts]:
        """Nothing."""
        del rows
        return {}


NO_MEMORY: Final[Memory] = NoMemory()
