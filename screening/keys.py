"""Names all that a scan's results rest on, in hashes: what changes a hash has to be done again, and nothing else has.

reading     networks that find faces and hands, their code, limits of photos    -> read again
matching    face model, references and decoys, bands, the code that compares    -> embed and compare again
judging     election, rulebook, when hands are searched, the code of the rules  -> judge again
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import candidates
from candidates.election import Election
from candidates.gallery import Gallery
from netra import __version__
from screening import reading as reading_module
from screening.reading import ScanSettings
from screening.rulebook import Rulebook

_COMPARES = ("gathered.py", "templates_met.py", "memory.py", "again.py")


@dataclasses.dataclass(frozen=True, slots=True)
class ScanKeys:
    """One hash each, ``sha256:`` and hex digits; ``models`` has the sha256 of each model file by name."""

    reading: str
    matching: str
    judging: str
    models: Mapping[str, str]

    @property
    def run(self) -> str:
        """All of them in one."""
        return _hash([self.reading, self.matching, self.judging])


def scan_keys(election: Election, gallery: Gallery, rulebook: Rulebook, settings: ScanSettings) -> ScanKeys:
    """The keys of a scan.

    Args:
        election: whose candidates and symbols count.
        gallery: the enrolled.
        rulebook: what is looked for.
        settings: how.
    """
    eyes = reading_module.analyser(settings.face_models)
    reading = _hash([eyes.sight_id, settings.limits])
    people = [
        [one.id, one.ticket, [[each.photo, each.sha256, each.template.tobytes().hex()] for each in one.references]]
        for one in gallery.people
    ]
    seen_from = [[one.version, one.count, one.mean.tobytes().hex()] for one in settings.populations]
    matching = _hash(
        [
            reading,
            gallery.model_id,
            people,
            settings.bands,
            seen_from,
            code_id(Path(candidates.__file__)),
            _hash_of([Path(__file__).parent / name for name in _COMPARES]),
        ]
    )
    judging = _hash([election_hash(election), rulebook_hash(rulebook), settings.hands.value, code_id(Path(__file__))])
    return ScanKeys(reading, matching, judging, eyes.models)


def election_hash(election: Election) -> str:
    """Of everything the election file says but where its photos lie."""
    return _hash(dataclasses.replace(election, rulebook=""))


def rulebook_hash(rulebook: Rulebook) -> str:
    """Of everything the rulebook says."""
    return _hash(rulebook)


@cache
def code_id(module: Path) -> str:
    """Names the code of the room that a module is in, so that another version's results are not taken for its own."""
    return _hash_of(sorted(module.parent.glob("*.py")))


def _hash_of(files: list[Path]) -> str:
    digest = hashlib.sha256(__version__.encode())  # all there is to go by where netra is installed without its sources
    for path in files:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _hash(value: Any) -> str:
    text = json.dumps(value, default=_plain, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    if isinstance(value, Path):
        return value.name
    if isinstance(value, Mapping):
        return {str(key): each for key, each in value.items()}
    return str(value)
