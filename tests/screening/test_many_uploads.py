"""The same bytes uploaded several times: no finding is lost by which file comes first."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.bands import Band
from candidates.election import Candidate, Election, ReferencePhoto, Ticket
from candidates.match import Sighting
from screening.findings import Finding
from screening.many_uploads import OTHER_UPLOAD_EN, OTHER_UPLOAD_ID, KnownUpload, judge_uploads
from screening.rulebook import load_rulebook
from screening.rules import judge
from screening.scene import Person, Scene, ShownHand
from screening.upload_facts import Moment, TimeSource, UploadFacts
from vision.types import Symbol

PEMILU = load_rulebook("pemilu-2024")
SARI = Candidate("sari", "Sari", "calon bupati", (ReferencePhoto("sari.jpg", Path("sari.jpg")),), ("suami",))
DAYS = date(2024, 9, 22), date(2024, 9, 23), date(2024, 11, 27)
ELECTION = Election("contoh", "Contoh", "pemilu-2024", *DAYS, (Ticket(1, (SARI,), ("one",)),))
SCENE = Scene(
    (Person(0, (Sighting("sari", 1, 0.7, Band.MATCH, "sari.jpg"),)), Person(1)),
    (ShownHand(0, (Symbol("one", 0.96),), (1,)),),
)


def posted(day: str, uploader: str = "u-1") -> UploadFacts:
    moment = (Moment(date.fromisoformat(day), TimeSource.MANIFEST),) if day else ()
    return UploadFacts(uploader, posted=moment, taken=moment)


def findings(*uploads: UploadFacts) -> tuple[Finding, ...]:
    known = [KnownUpload(f"{number}.jpg", facts) for number, facts in enumerate(uploads)]
    return judge_uploads(SCENE, known, ELECTION, PEMILU)


BEFORE_DRAW, IN_TIME, OUTSIDE = posted("2024-09-22"), posted("2024-10-05"), posted("2020-01-01")


def test_one_upload_is_judged_as_ever() -> None:
    assert findings(IN_TIME) == judge(SCENE, IN_TIME, ELECTION, PEMILU)
    assert findings(OUTSIDE) == ()


@pytest.mark.parametrize("first", [OUTSIDE, BEFORE_DRAW])
def test_a_later_upload_gives_the_reason_that_the_first_does_not(first: UploadFacts) -> None:
    (found,) = findings(first, IN_TIME)
    assert (found.category, found.strength, found.upload) == ("foto-bersama-simbol", "strong", "1.jpg")
    assert found.reason_id.endswith(OTHER_UPLOAD_ID)
    assert found.reason_en.endswith(OTHER_UPLOAD_EN)
    assert "5 Oktober 2024" in found.reason_id


def test_of_equal_uploads_the_first_is_told() -> None:
    (found,) = findings(IN_TIME, posted("2024-10-09", "u-2"))
    assert found == judge(SCENE, IN_TIME, ELECTION, PEMILU)[0]
    assert found.upload == ""


@given(
    st.lists(st.sampled_from([BEFORE_DRAW, IN_TIME, OUTSIDE, posted(""), posted("2024-10-05", "suami")]), min_size=1)
)
def test_no_order_of_uploads_loses_or_weakens_a_finding(uploads: list[UploadFacts]) -> None:
    def gravest(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
        return [(one.category, one.strength) for one in found]

    assert gravest(findings(*uploads)) == gravest(findings(*reversed(uploads)))
    assert bool(findings(*uploads)) == any(findings(each) for each in uploads)


def test_a_photo_without_any_upload_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        findings()
