"""The manifest on the command line: read before a scan, compared with its files, and told for one photo."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from candidates.election import Election
from console import manifest_texts
from console.voice import Voice
from netra.errors import UsageError
from screening.known import Background
from screening.manifest import load_manifest
from screening.record import PhotoRecord
from screening.upload_facts import Moment, TimeKind, UploadFacts
from screening.uploads import Row, Upload

NAMED: Final = 3
"""So many paths are named of each kind; the records have them all."""


def background_of(manifest: str, election: Election) -> Background:
    """What is known of uploads besides the files.

    Args:
        manifest: path of the manifest, or empty.
        election: whose office's zone counts.

    Raises:
        ManifestError: one line for each mistake.
    """
    now = datetime.now(UTC)
    manifests = (load_manifest(Path(manifest), election.timezone, now),) if manifest else ()
    return Background(manifests, (now,))


def compare(background: Background, rows: Sequence[Row], voice: Voice) -> list[str]:
    """What to warn of: lines without a photo, photos without a line.

    Raises:
        UsageError: there are lines and several photos, and no line is about any photo.
    """
    warnings = []
    for manifest in background.manifests:
        compared = manifest.compared(rows)
        unmet = [entry.path for entry in compared.unmet]
        # Of one photo alone that it is not listed says enough.
        if unmet and len(unmet) == compared.lines and sum(isinstance(row, Upload) for row in rows) > 1:
            said = voice(manifest_texts.NONE_MET, path=manifest.path, lines=compared.lines, first=unmet[0])
            raise UsageError(said)
        for message, paths in ((manifest_texts.UNMET, unmet), (manifest_texts.UNLISTED, compared.unlisted)):
            if paths:
                values = {"path": manifest.path, "count": len(paths), "first": _first(paths, voice)}
                lines = {"lines": compared.lines} if message is manifest_texts.UNMET else {}
                warnings.append(voice(message, **values, **lines))
    return warnings


def unlisted(background: Background, row: Row, voice: Voice) -> list[str]:
    """What to say where the one photo that was asked about is not in the manifest."""
    return [
        voice(manifest_texts.UNLISTED, path=manifest.path, count=1, first=row.path)
        for manifest in background.manifests
        if not manifest.entries_for(row)
    ]


class Contradictions:
    """A sink that remembers photos whose dates contradict each other."""

    def __init__(self) -> None:
        self._paths: list[str] = []

    def write(self, row: Row, record: PhotoRecord) -> None:  # noqa: ARG002 - the record says all
        """Look at one record."""
        if record.facts.contradictions:
            self._paths.append(record.path)

    def warnings(self, voice: Voice) -> list[str]:
        """What to warn of, after the scan."""
        if not self._paths:
            return []
        count, first = len(self._paths), _first(self._paths, voice)
        return [voice(manifest_texts.CONTRADICTING, count=count, first=first)]


def lines_about(facts: UploadFacts, voice: Voice) -> list[str]:
    """What is known of one upload, a line each; one line where nothing is."""
    return list(_lines(facts, voice)) or [voice(manifest_texts.NOTHING_KNOWN)]


def _lines(facts: UploadFacts, voice: Voice) -> Iterator[str]:
    if who := _listed((facts.uploader_name, facts.uploader_id, facts.agency)):
        yield voice(manifest_texts.WHO, who=who)
    if where := _listed((facts.platform, facts.post_url)):
        yield voice(manifest_texts.WHERE, where=where)
    for kind in TimeKind:
        for moment in facts.of(kind):
            values = {
                "kind": voice(manifest_texts.KINDS[kind]),
                "when": _when(moment),
                "source": _source(moment, voice),
            }
            if moment.note:
                yield voice(manifest_texts.TIME_NOTED, **values, note=voice(manifest_texts.NOTES[moment.note]))
            else:
                yield voice(manifest_texts.TIME, **values)
    for one in facts.contradictions:
        yield voice(
            manifest_texts.CONTRADICTION,
            kind=voice(manifest_texts.KINDS[one.kind]),
            firmer=one.firmer.day,
            source=_source(one.firmer, voice),
            other=one.other.day,
            other_source=_source(one.other, voice),
        )
    for wrong in facts.unusable:
        source = voice(manifest_texts.SOURCES[wrong.source])
        flaw = voice(manifest_texts.FLAWS[wrong.flaw])
        yield voice(manifest_texts.UNUSABLE, written=wrong.written, source=source, flaw=flaw)
    if facts.camera:
        yield voice(manifest_texts.CAMERA, camera=facts.camera)
    if facts.editor:
        yield voice(manifest_texts.EDITOR, editor=facts.editor)


def _source(moment: Moment, voice: Voice) -> str:
    return voice(manifest_texts.SOURCES[moment.source])


def _when(moment: Moment) -> str:
    """The day that counts, and the time as it was written where there is one."""
    return "".join([moment.day.isoformat(), *(f" [{at.isoformat(' ')}]" for at in moment.at)])


def _listed(words: Iterable[str]) -> str:
    return ", ".join(filter(None, words))


def _first(paths: Sequence[str], voice: Voice) -> str:
    named = ", ".join(paths[:NAMED])
    return voice(manifest_texts.AND_MORE, paths=named) if len(paths) > NAMED else named
