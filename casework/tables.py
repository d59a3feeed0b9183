"""The tables of a case database, for SQLite and PostgreSQL alike. Rows never leave this room.

    photos ─< uploads          one content, many files: who uploaded it, where it lies
    photos ─< readings         what the networks saw: faces without templates, hands; kept so that a scan can resume
    runs ─< seen               which uploads a run met and what became of each
    photos ─< evaluations      what followed for one election: people, hands, sightings, findings
    findings ─< decisions      what people decided; never changed by a scan
    accounts ─< logins         who works with the review page, and their sessions
    findings ─< looks          first looks: what a reviewer saw before anything of the machine was shown
    photos ─< marks            what people saw that netra did not: a face, a hand, a depiction
    cases ─< case_findings     what belongs to a case file
    audit, checkpoints         who did what, when and why

Times are text, ISO 8601 in UTC with microseconds and ``Z``, so that they sort as they are; days are ``YYYY-MM-DD``.
JSON is text with sorted keys. Hashes are ``sha256:`` and hex digits, as in records. No table has anybody's template.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a later migration can change it on both databases."""

metadata: Final = MetaData(naming_convention=NAMING)

_Id: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up INTEGER keys alone


def _text(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, default="", server_default="", index=index)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


def _later_flag(name: str) -> Column[bool]:
    """Of a table that had rows before it had this column."""
    return Column(name, Boolean, nullable=False, default=False, server_default=false())


def _number(name: str, *, index: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0, server_default="0", index=index)


photos: Final = Table(
    "photos",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size_bytes", BigInteger, nullable=False),
    _number("width"),  # of the full upright photo
    _number("height"),
    Column("pdq", LargeBinary, nullable=False, default=b""),  # vision.fingerprint, of the whole picture
    _number("pdq_quality"),
    Column("features", LargeBinary, nullable=False, default=b""),
    Column("copy_group", _Id, nullable=True, index=True),  # id of the group's representative photo; none: alone
    _text("copy_relation"),
    _later_flag("copy_differs"),  # it shows something else than the representative somewhere: has to be looked at
    _text("exif"),  # JSON
    _text("first_seen_at"),
)

uploads: Final = Table(
    "uploads",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("place", Text, nullable=False, unique=True),  # absolute path; of a member of an archive with its name
    Column("path", Text, nullable=False),  # as named on the command line, for showing
    Column("photo_id", _Id, ForeignKey("photos.id"), nullable=True, index=True),
    Column("size_bytes", BigInteger, nullable=False, default=0),
    Column("mtime_ns", BigInteger, nullable=False, default=0),
    _text("stamp"),  # what besides size and time tells a file unchanged: inode, or offset and CRC in an archive
    _text("uploader_id", index=True),
    _text("uploader_name"),
    _text("agency", index=True),
    _text("platform"),
    _text("post_url"),
    _text("taken_on"),  # days that count, or empty
    _text("posted_on", index=True),
    _text("facts"),  # JSON of screening.upload_facts.UploadFacts: every statement with its source
    _flag("gone"),  # the file was deleted by retention, with proof in the audit log
)

elections: Final = Table(
    "elections",
    metadata,
    Column("id", Text, primary_key=True),  # the election file's id
    _text("name"),
    _text("rulebook"),
    _text("about"),  # JSON: dates, tickets, candidates with names and offices; no photos, no templates
    _text("election_hash"),
    _text("rulebook_hash"),
    _text("rulebook_about"),  # JSON
)

runs: Final = Table(
    "runs",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("election_id", Text, ForeignKey("elections.id"), nullable=False),
    Column("started_at", Text, nullable=False),
    _text("finished_at"),
    Column("state", Text, nullable=False),  # running, finished, interrupted
    _text("roots"),  # JSON: the paths as named
    _text("run_key", index=True),  # hash of the three below, the manifest and what was told to the scan besides
    _text("reading_key"),  # what readings rest on: networks, their code, limits
    _text("matching_key"),  # what sightings rest on, but for the population: face model, references, bands
    _text("judging_key"),  # what findings rest on: election, rulebook, rules' code
    _number("faces"),  # that the population was measured with
    _number("faces_added"),  # of later photos that were seen against the same population
    _flag("calibrated"),
    _text("about"),  # JSON: everything a record's "run" says
    _text("models"),  # JSON: file name -> sha256
    _text("counts"),  # JSON: seen, ok, unreadable, duplicate, skipped, people, hands, findings
    _text("operator"),
    Column("population", LargeBinary, nullable=False, default=b""),  # candidates.population_file: sums over people
)

readings: Final = Table(
    "readings",
    metadata,
    Column("photo_id", _Id, ForeignKey("photos.id"), primary_key=True),
    Column("reading_key", Text, primary_key=True),  # hash of models, code and reading settings
    Column("faces", LargeBinary, nullable=False),  # boxes, keypoints, scores, quality: float32 as read, no template
    _flag("hands_searched"),
    Column("hands", LargeBinary, nullable=False, default=b""),
    _text("pictures"),  # JSON: depictions and layout, where they were looked for
)

seen: Final = Table(
    "seen",
    metadata,
    Column("run_id", _Id, ForeignKey("runs.id"), primary_key=True),
    Column("position", Integer, primary_key=True),  # in the order of the input
    Column("upload_id", _Id, ForeignKey("uploads.id"), nullable=False),
    Column("status", Text, nullable=False),  # ok, error, duplicate, skipped
    _text("error_kind"),
    _text("message"),
    Column("evaluation_id", _Id, ForeignKey("evaluations.id"), nullable=True),  # of a duplicate too: its content's
    Index("ix_seen_evaluation_id_run_id", "evaluation_id", "run_id"),
    Index("ix_seen_upload_id_run_id_status", "upload_id", "run_id", "status"),  # what later scans say of a file
    Index("ix_seen_run_id_status_position", "run_id", "status", "position"),
)

evaluations: Final = Table(
    "evaluations",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("photo_id", _Id, ForeignKey("photos.id"), nullable=False),
    Column("election_id", Text, ForeignKey("elections.id"), nullable=False),
    Column("evaluation_key", Text, nullable=False),  # hash of what it says, whatever run said it
    Column("run_id", _Id, ForeignKey("runs.id"), nullable=False),
    Column("record", Text, nullable=False),  # the whole line netra.photo/1
    _flag("current"),  # the latest of its photo and election
    UniqueConstraint("photo_id", "election_id", "evaluation_key"),
)

people: Final = Table(
    "people",
    metadata,
    Column("evaluation_id", _Id, ForeignKey("evaluations.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("box", Text, nullable=False),  # JSON [x, y, width, height]
    Column("quality", Float, nullable=False),
    _flag("assessable"),
    _flag("depicted"),
    _number("panel"),
    Index("ix_people_assessable_evaluation_id", "assessable", "evaluation_id"),
)

hands: Final = Table(
    "hands",
    metadata,
    Column("evaluation_id", _Id, ForeignKey("evaluations.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("box", Text, nullable=False),
    Column("keypoints", Text, nullable=False),
    Column("side", Text, nullable=False),
    _flag("readable"),
    _text("symbol"),
    Column("confidence", Float, nullable=True),
    Column("person", Integer, nullable=True),
)

sightings: Final = Table(
    "sightings",
    metadata,
    Column("evaluation_id", _Id, ForeignKey("evaluations.id"), primary_key=True),
    Column("person", Integer, primary_key=True),
    Column("candidate", Text, nullable=False, index=True),
    Column("ticket", Integer, nullable=False),
    Column("similarity", Float, nullable=False),
    Column("e_value", Float, nullable=True),
    Column("band", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("faces", Float, nullable=False, default=0.0, server_default="0"),  # that the E-value is for
    _text("second_candidate"),
    Column("second_similarity", Float, nullable=True),
    _flag("depiction"),
)

findings: Final = Table(
    "findings",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("photo_id", _Id, ForeignKey("photos.id"), nullable=False),
    Column("election_id", Text, ForeignKey("elections.id"), nullable=False),
    Column("ticket", Integer, nullable=False),  # 0: a pose of no ticket
    _number("panel"),  # of a collage
    Column("evaluation_id", _Id, ForeignKey("evaluations.id"), nullable=False),
    Column("first_run_id", _Id, ForeignKey("runs.id"), nullable=False),
    Column("last_run_id", _Id, ForeignKey("runs.id"), nullable=False),
    Column("category", Text, nullable=False),
    Column("strength", Text, nullable=False),
    Column("strength_rank", Integer, nullable=False),  # 0 strong, 1 medium, 2 weak
    _text("candidate"),  # the best sighting's
    _text("symbol"),
    _text("rule"),
    _text("detail"),  # JSON of the finding as in the record
    _text("posted_on"),
    Column("state", Text, nullable=False, default="suggested", server_default="suggested"),
    _flag("current"),  # False: a later evaluation no longer makes it
    _flag("changed"),  # it says something else than when somebody decided
    _text("first_reviewer"),  # whose decision stands in round 1; empty: nobody's
    _text("second_reviewer"),  # likewise in round 2
    _text("third_reviewer"),  # likewise in round 3, which there is only where a supervisor asks for it
    _later_flag("wants_second"),  # somebody who has not decided it has to look too, in whichever round
    _number("rounds_asked"),  # how many reviewers a supervisor asked for; 0: as many as always
    _later_flag("disagreed"),  # the reviewers' last words differ, and no two of three agree
    Column("copy_of", _Id, nullable=True),  # id of the finding that stands for this copy; none: itself
    UniqueConstraint("photo_id", "election_id", "ticket", "panel"),
    Index("ix_findings_list", "election_id", "current", "state", "strength_rank", "id"),
    Index("ix_findings_candidate_rank", "candidate", "strength_rank", "id"),
    Index("ix_findings_copy_of_posted_on", "copy_of", "posted_on"),
    Index("ix_findings_symbol", "symbol"),  # which symbols there are
    Index(  # a list and its counts read this alone: the rows are wide
        "ix_findings_page",
        *("current", "strength_rank", "id", "strength", "state", "election_id", "candidate", "symbol", "category"),
        *("posted_on", "photo_id", "changed", "first_reviewer", "second_reviewer", "wants_second", "disagreed"),
        *("copy_of", "third_reviewer"),
    ),
    Index(  # counts of all there is, grouped as it is ordered
        "ix_findings_counts",
        *("current", "copy_of", "strength_rank", "category", "state", "wants_second", "disagreed"),
        *("first_reviewer", "second_reviewer", "third_reviewer"),
    ),
)
"""One row a photo, election, ticket and panel, whatever evaluation says it: so that a decision stays with it."""

decisions: Final = Table(
    "decisions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("finding_id", _Id, ForeignKey("findings.id"), nullable=False, index=True),
    Column("reviewer", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    Column("round", Integer, nullable=False),  # 1 first reviewer, 2 second, 3 whom a supervisor asked for
    Column("decision", Text, nullable=False),  # confirmed, rejected, cannot-tell, ignored
    _text("reason_code"),
    _text("note"),
    Column("snapshot", Text, nullable=False),  # JSON of the finding as it was decided
    Column("undoes", _Id, ForeignKey("decisions.id"), nullable=True),  # this row takes that one back
)

accounts: Final = Table(
    "accounts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # as typed at the login; the actor of the audit log
    _text("full_name"),
    Column("role", Text, nullable=False),  # reviewer, enroller, supervisor, auditor
    Column("password_hash", Text, nullable=False),  # Argon2id in PHC string format
    _flag("must_change"),  # the password was given by somebody else
    _flag("active"),
    _number("failures"),  # wrong passwords since the last right one
    _text("locked_until"),  # empty: not locked
    Column("made_at", Text, nullable=False),
    _text("made_by"),
)

logins: Final = Table(
    "logins",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),  # SHA-256 of the cookie: the cookie itself is nowhere
    Column("account_id", _Id, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("started_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    _text("ended_at"),
)

looks: Final = Table(
    "looks",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("reviewer", Text, nullable=False),
    Column("finding_id", _Id, ForeignKey("findings.id"), nullable=False, index=True),
    _flag("control"),  # planted: the candidate beside the face is known not to be the person in the photo
    _text("candidate"),  # whose reference photos stand beside the face; empty: the finding has no candidate
    Column("person", Integer, nullable=True),  # number of the person in the record
    Column("hand", Integer, nullable=True),  # number of the hand in the record
    Column("opened_at", Text, nullable=False),
    _text("answered_at"),
    _text("same_person"),  # same, different, cannot-tell; empty: not asked or not answered
    _text("symbol"),  # a label, none, other, cannot-tell; empty: not asked or not answered
    Index("ix_looks_reviewer_finding_id", "reviewer", "finding_id"),
)

marks: Final = Table(
    "marks",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("photo_id", _Id, ForeignKey("photos.id"), nullable=False, index=True),
    Column("finding_id", _Id, ForeignKey("findings.id"), nullable=True, index=True),  # on whose page it was made
    Column("kind", Text, nullable=False),  # face, hand, depiction
    Column("box", Text, nullable=False),  # JSON [x, y, width, height], pixels of the full upright photo
    _text("candidate"),  # of a face, or whom a depiction shows
    _text("symbol"),  # of a hand
    _text("note"),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    _text("removed_at"),
)

cases: Final = Table(
    "cases",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    _text("title"),
    Column("election_id", Text, ForeignKey("elections.id"), nullable=False),
    _text("purpose"),
    _text("legal_basis"),
    _text("officer"),
    _text("post"),  # the officer's position
    _text("warrant"),  # nomor surat tugas
    _text("known_on"),  # the day the office learned of it: the legal clock starts
    _text("ends_on"),
    _text("dpia_number"),
    _text("retain_until"),
    _flag("legal_hold"),
    Column("state", Text, nullable=False, default="open", server_default="open"),  # open, closed, deleted
    _text("opened_at"),
    _text("form_a"),  # JSON: further fields of Formulir Model A
)

case_findings: Final = Table(
    "case_findings",
    metadata,
    Column("case_id", _Id, ForeignKey("cases.id"), primary_key=True),
    Column("finding_id", _Id, ForeignKey("findings.id"), primary_key=True, index=True),
    Column("added_at", Text, nullable=False),
    Column("added_by", Text, nullable=False),
)

audit: Final = Table(
    "audit",
    metadata,
    Column("seq", _Id, primary_key=True, autoincrement=False),  # from 0, without a gap
    Column("entry", Text, nullable=False),  # canonical JSON
    Column("leaf_hash", Text, nullable=False),
)

checkpoints: Final = Table(
    "checkpoints",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("root_hash", Text, nullable=False),
    Column("note", Text, nullable=False),  # the signed text
    Column("made_at", Text, nullable=False),
)

about: Final = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True),  # for example the log's origin and public key
    Column("value", Text, nullable=False),
)
