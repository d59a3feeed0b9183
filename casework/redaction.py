"""Takes an uploader out of texts that stay, or that somebody else may read: names, ids, agencies, posts and paths.

A text is changed where it is one of these as a whole, where a sentence names it as netra's own sentences do
("pengunggah asn-014, instansi ..."), and where a name, an address or a path stands within it. An id is not looked for
elsewhere in a sentence: many are short numbers, and would take ballot numbers and days with them.

People write otherwise: "Pak Tarno", or a number of nine digits. So of notes more is taken out: each part of a name, and
an id that is long enough to be one.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

_SHORTEST: Final = 4
"""Shorter names and paths are looked for as a whole text only: within a sentence they would be part of other words."""

_SHORTEST_ID: Final = 6
"""Of ids in notes: shorter ones are numbers of anything."""


_PART: Final = re.compile(r"\w+")


class Redaction:
    """What is taken out, and what stands in its place.

    Args:
        gone: rows of uploads that are to be named no more.
        stays: rows of uploads whose words stay, also where they are the same.
        instead: what stands in their place.
        told: words that stay as well, such as the name of whoever reads it.
        notes: whether the texts are people's own words.
    """

    def __init__(
        self,
        gone: Iterable[Any],
        stays: Iterable[Any],
        instead: str,
        told: Iterable[str] = (),
        *,
        notes: bool = False,
    ) -> None:
        gone = list(gone)
        kept = {"", *told, *(word for row in stays for word in _words(row))}
        self._instead = instead
        self._whole = {word for row in gone for word in _words(row)} - kept
        patterns = [
            *self._named("pengunggah|uploader", {row.uploader_id for row in gone}),
            *self._named("instansi|agency", {row.agency for row in gone}),
        ]
        within = {word for row in gone for word in (row.uploader_name, row.post_url, row.place, row.path)}
        patterns += [rf"(?<!\w){re.escape(word)}(?!\w)" for word in within & self._whole if len(word) >= _SHORTEST]
        if notes:
            patterns += _of_notes(gone, kept)
        longest_first = sorted(patterns, key=len, reverse=True)
        self._within = re.compile("|".join(longest_first), re.IGNORECASE) if patterns else None

    def _named(self, before: str, words: Iterable[str]) -> list[str]:
        names, found = before.split("|"), set(words) & self._whole
        return [rf"(?<=\b{name} ){re.escape(word)}(?!\w)" for word in found for name in names]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take out."""
        return not self._whole

    def text(self, text: str) -> str:
        """A text without them."""
        if text in self._whole:
            return self._instead
        return self._within.sub(self._instead, text) if self._within else text

    def value(self, value: Any) -> Any:
        """Plain values, lists and tables without them; names of a table's fields stay."""
        if isinstance(value, dict):
            return {key: self.value(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.value(each) for each in value]
        return self.text(value) if isinstance(value, str) else value

    def json(self, text: str) -> str:
        """JSON without them; to the letter as it was where there are none in it."""
        if not text or self.is_empty:
            return text
        document = json.loads(text)
        left = self.value(document)
        return text if left == document else json.dumps(left, ensure_ascii=False, sort_keys=True)


def _of_notes(gone: Iterable[Any], kept: Iterable[str]) -> list[str]:
    """Parts of names, and ids, but for those that are also somebody's who stays."""
    stays = {part.casefold() for word in kept for part in (word, *_PART.findall(word))}
    parts = {part for row in gone for part in _PART.findall(row.uploader_name) if len(part) >= _SHORTEST}
    ids = {row.uploader_id for row in gone if len(row.uploader_id) >= _SHORTEST_ID}
    return [rf"(?<!\w){re.escape(part)}(?!\w)" for part in parts | ids if part.casefold() not in stays]


def _words(upload: Any) -> tuple[str, ...]:
    return (upload.place, upload.path, upload.uploader_id, upload.uploader_name, upload.agency, upload.post_url)
