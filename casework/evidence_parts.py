"""What a finding rests on, as plain values: everything that a page of evidence shows, and nothing that must be hidden.

What people said of a finding stands apart, in ``Standing``: whoever still has to look must not see it.
"""

from dataclasses import dataclass

from casework.evidence_uploads import UploadFound
from casework.told import NOTHING_SAID, Both, Language
from screening.words import chance_in_words

Box = tuple[float, float, float, float]
"""``(x, y, width, height)``, pixels of the full upright photo."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class NamedCandidate:
    """A candidate by the election file of the latest scan; name and office are empty where it has them no more."""

    id: str
    name: str = ""
    office: str = ""
    ticket: int = 0

    @property
    def called(self) -> str:
        """The name, else the id."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Second:
    """The other candidate whom a face is most like."""

    candidate: NamedCandidate
    similarity: float


@dataclass(frozen=True, slots=True)
class SeenAs:
    """Whom a face is most like.

    Attributes:
        candidate: this one.
        ticket: their ballot number.
        similarity: cosine of the templates, -1 to 1; never a probability.
        band: ``match`` or ``possible``.
        e_value: how many of ``faces`` strangers' faces would look as alike by chance; none where not enough people
            were known to say so.
        faces: how many faces the E-value is for: those that were compared; 0 where it is not known.
        reference: the candidate's reference photo that it is most like, by the election file's name of it.
        second: one, or none where there is no other candidate.
        depiction: it is a picture of the candidate, not the candidate.
    """

    candidate: NamedCandidate
    ticket: int
    similarity: float
    band: str
    e_value: tuple[float, ...] = ()
    faces: float = 0.0
    reference: str = ""
    second: tuple[Second, ...] = ()
    depiction: bool = False

    def chance(self, language: Language) -> tuple[str, str]:
        """``("12.400", "0,02")``: of how many faces how many would look as alike by chance.

        Two empty texts where that is not known.
        """
        if not self.e_value or not self.faces:
            return "", ""
        return chance_in_words(self.faces, self.e_value[0], language)


@dataclass(frozen=True, slots=True)
class Depicted:
    """Why a face is taken for a picture of somebody.

    Attributes:
        kind: a word of ``vision.types.DepictionKind``.
        quad: corners of the picture in the photo; none where it is not known where they are.
        score: 0 to 1.
        reference: the reference photo that it is a copy of, or empty.
    """

    kind: str
    quad: tuple[Point, ...] = ()
    score: float = 0.0
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SeenFace:
    """A person in the photo.

    Attributes:
        number: in the record, largest face first.
        box: of the face.
        quality: 0 to 1; under ``vision.types.FLOOR`` a face is not compared.
        assessable: it was good enough to be compared.
        depicted: what makes it a picture of somebody, the surest first; none of somebody who is there.
        panel: part of a collage, from 0.
        seen_as: whom it is like; nobody, or one.
        in_question: the finding rests on this face: of each candidate it names the most alike one in its panel.
        score: of the detector, 0 to 1; 0 where it was not kept.
    """

    number: int
    box: Box
    quality: float
    assessable: bool
    depicted: tuple[Depicted, ...] = ()
    panel: int = 0
    seen_as: tuple[SeenAs, ...] = ()
    in_question: bool = False
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SeenHand:
    """A hand in the photo.

    Attributes:
        number: in the record, from left to right.
        box: of the hand.
        keypoints: 21, in MediaPipe's order; none of a record that has none.
        side: ``left`` or ``right``, the person's own.
        readable: large enough to be read.
        symbol: HaGRID's label of what it shows, or empty.
        confidence: of the symbol, 0 to 1; none where it shows none.
        person: number of whom it belongs to; nobody where that cannot be told.
        panel: part of a collage, from 0.
        in_question: the finding rests on this hand.
        against: it is why the finding's sign may mean something else.
    """

    number: int
    box: Box
    keypoints: tuple[Point, ...] = ()
    side: str = ""
    readable: bool = True
    symbol: str = ""
    confidence: tuple[float, ...] = ()
    person: tuple[int, ...] = ()
    panel: int = 0
    in_question: bool = False
    against: bool = False


@dataclass(frozen=True, slots=True)
class ShownElement:
    """One thing that the rule asks for.

    Attributes:
        key: of ``screening.element_keys``.
        state: ``shown``, ``unclear`` or ``missing``.
        text: what the rule asks for.
        evidence: what there is for it.
        source: what it rests on.
    """

    key: str
    state: str
    text: Both
    evidence: Both
    source: str = ""


@dataclass(frozen=True, slots=True)
class CopyFound:
    """Another photo that is a copy of this one.

    Attributes:
        sha256, width, height: of the photo.
        relation: a word of ``vision.fingerprint.CopyRelation``, beside the group's representative.
        representative: it stands for the group.
        findings: of the same election.
        uploads: how many files hold it.
    """

    sha256: str
    width: int
    height: int
    relation: str
    representative: bool
    findings: tuple[int, ...] = ()
    uploads: int = 0


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another finding of the same photo: another ticket, panel or election."""

    id: int
    election_id: str
    ticket: int
    panel: int
    category: str
    current: bool


@dataclass(frozen=True, slots=True)
class RunFound:
    """A scan.

    Attributes:
        id, started_at, finished_at, state, operator: as in the table.
        version: of netra, or empty.
    """

    id: int
    started_at: str
    finished_at: str
    state: str
    operator: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What one evaluation said of the photo, ticket and panel.

    Attributes:
        run_id, at: of the scan that said so first.
        current: it is what counts now.
        category, strength, symbol, candidate: empty where it made no such finding.
    """

    run_id: int
    at: str
    current: bool
    category: str = ""
    strength: str = ""
    symbol: str = ""
    candidate: str = ""


@dataclass(frozen=True, slots=True)
class RuleFound:
    """The rule that a finding rests on.

    Attributes:
        id: for example ``pemilu-2024/foto-bersama``.
        source: of the rule.
        rulebook: with its version, or empty.
        rulebook_name: in words.
    """

    id: str
    source: str
    rulebook: str = ""
    rulebook_name: Both = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Standing:
    """What people have said and done about a finding: not for those who still have to look.

    Attributes:
        state: of ``casework.decisions``.
        changed: it says something else than when somebody decided.
        first_reviewer, second_reviewer, third_reviewer: whose decisions stand; empty: nobody's.
        wants_second: somebody else has to look too.
        disagreed: their last words differ.
        cases: numbers of the cases it is in.
    """

    state: str
    changed: bool = False
    first_reviewer: str = ""
    second_reviewer: str = ""
    third_reviewer: str = ""
    wants_second: bool = False
    disagreed: bool = False
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finding with everything it rests on.

    Attributes:
        id: of the finding.
        photo_id, sha256, width, height, size_bytes: of the photo; 0 pixels where they are not known.
        exif: what the file says of itself, by name.
        election_id, election_name: of the election.
        election_days: name -> ``YYYY-MM-DD``: ``candidates_official``, ``numbers_drawn``, ``voting_day``.
        category, strength, symbol, ticket, panel: of the finding; ticket 0 for a pose of none.
        candidates: of the ticket, who were sighted, the best sighting first.
        symbols: labels of the sign: none, one, or two of both hands.
        doubt: why the sign may mean something else, a word of ``screening.findings.Doubt``; or empty.
        sentence: why the photo is worth a look.
        elements: what the rule asks for, in its order.
        rule: the rule.
        current: the latest evaluation still makes the finding.
        posted_on: the day that counts, or empty.
        people, hands: everybody in the photo.
        hands_searched: False where hands were not looked for, so that none says nothing.
        screenshot: the photo is one of a screen.
        panels: parts of a collage; none where it is none.
        uploads: files that hold this very content, the one that the finding rests on first; at
            most ``casework.evidence_uploads.MOST_UPLOADS``.
        uploads_in_all: how many there are.
        copies: other photos of the group of copies, at most ``casework.evidence.MOST_COPIES``.
        copies_in_all: how many there are.
        copy_of: the finding that stands for this one in lists, or nothing.
        siblings: other findings of the photo.
        first_run, last_run: that made the finding first and last.
        versions: what evaluations said of it, the latest first, at most ``casework.evidence.MOST_VERSIONS``.
        known_candidates: everybody on the election's tickets.
        standing: what people said.
    """

    id: int
    photo_id: int
    sha256: str
    width: int
    height: int
    size_bytes: int
    election_id: str
    election_name: str
    category: str
    strength: str
    symbol: str
    ticket: int
    panel: int
    sentence: Both
    rule: RuleFound
    standing: Standing
    first_run: RunFound
    last_run: RunFound
    candidates: tuple[NamedCandidate, ...] = ()
    symbols: tuple[str, ...] = ()
    doubt: str = ""
    elements: tuple[ShownElement, ...] = ()
    current: bool = True
    posted_on: str = ""
    people: tuple[SeenFace, ...] = ()
    hands: tuple[SeenHand, ...] = ()
    hands_searched: bool = False
    screenshot: bool = False
    panels: tuple[Box, ...] = ()
    uploads: tuple[UploadFound, ...] = ()
    uploads_in_all: int = 0
    copies: tuple[CopyFound, ...] = ()
    copies_in_all: int = 0
    copy_of: tuple[int, ...] = ()
    siblings: tuple[Sibling, ...] = ()
    versions: tuple[Version, ...] = ()
    known_candidates: tuple[NamedCandidate, ...] = ()
    exif: tuple[tuple[str, str], ...] = ()
    election_days: tuple[tuple[str, str], ...] = ()

    def person(self, number: int) -> tuple[SeenFace, ...]:
        """A person by number; nobody where the record has none of it."""
        return tuple(one for one in self.people if one.number == number)

    def hand(self, number: int) -> tuple[SeenHand, ...]:
        """A hand by number; none where the record has none of it."""
        return tuple(one for one in self.hands if one.number == number)

    def name_of(self, candidate: str) -> str:
        """A candidate's name, else the id."""
        return next((one.called for one in self.known_candidates if one.id == candidate), candidate)
