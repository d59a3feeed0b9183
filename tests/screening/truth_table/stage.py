"""An invented election in two years, and a short way to write down photos and uploads.

People, in the order of their indexes:   ``sari``  a match with the candidate Sari      ``sari?``  only possible
                                         ``-``     somebody else                        ``~``      cannot be assessed
                                         ``*sari`` only pictured                        ``sari@1`` in a collage's part 1
Hands, as OWNER:SYMBOL:                  ``1:one``, ``1L:palm`` with its side, ``?:one`` of unclear owner,
                                         ``1:-`` idle, ``1:!`` cannot be read, ``?@1:one`` in part 1 of a collage
Days, as DAY SOURCE:                     ``campaign``, ``campaign exif``, ``early file-name``, a name of ``DAYS``
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from candidates.bands import Band
from candidates.election import Candidate, Election, ReferencePhoto, Ticket
from candidates.match import Sighting
from screening.scene import Layout, Person, Scene, ShownHand
from screening.upload_facts import Moment, TimeSource, UploadFacts
from vision.types import Symbol

SPOUSE_OF_SARI: Final = "u-7"
BUDI: Final = "u-9"


def _candidate(name: str, office: str, spouses: tuple[str, ...] = (), accounts: tuple[str, ...] = ()) -> Candidate:
    who = name.partition(" ")[0].lower()
    photos = (ReferencePhoto(f"photos/{who}-1.jpg", Path(f"photos/{who}-1.jpg")),)
    return Candidate(who, name, office, photos, spouses, accounts)


TICKETS: Final = (
    Ticket(
        1,
        (_candidate("Sari Dewi", "calon bupati", (SPOUSE_OF_SARI,)), _candidate("Joko Santoso", "calon wakil bupati")),
        ("one", "like"),
    ),
    Ticket(2, (_candidate("Budi Hartono", "calon bupati", (), (BUDI,)),), ("peace", "two_up", "finger_heart")),
    Ticket(3, (_candidate("Wati Lestari", "calon bupati"),), ("three", "ok")),
    Ticket(6, (_candidate("Tono Wijaya", "calon bupati"),), (), (("palm", "one"),)),
    Ticket(7, (_candidate("Ratna Sari", "calon bupati"),), ("fist",)),
)
NUMBERS: Final = {one.id: ticket.number for ticket in TICKETS for one in ticket.candidates}


@dataclass(frozen=True)
class Year:
    """One election with its rulebook, and the names of its days."""

    rulebook: str
    election: Election
    period_first: date
    early: date
    campaign: date

    def day(self, name: str) -> date:
        """A named day, or one written as ``2024-10-05``."""
        election, one = self.election, timedelta(days=1)
        days = {
            "long-ago": date(2012, 5, 1),
            "before-period": self.period_first - one,
            "period-first": self.period_first,
            "early": self.early,
            "before-official": election.candidates_official - one,
            "official": election.candidates_official,
            "drawn": election.numbers_drawn,
            "campaign": self.campaign,
            "campaign-later": self.campaign + 4 * one,
            "quiet": election.voting_day - 2 * one,
            "voting": election.voting_day,
            "after": election.voting_day + 5 * one,
        }
        return days[name] if name in days else date.fromisoformat(name)

    def facts(self, written: "Upload") -> UploadFacts:
        """What is known of an upload."""

        def moments(each: tuple[str, ...]) -> tuple[Moment, ...]:
            parts = [(*one.split(), "manifest")[:2] for one in each]
            return tuple(Moment(self.day(day), TimeSource(source)) for day, source in parts)

        taken, posted, captured = moments(written.taken), moments(written.posted), moments(written.captured)
        return UploadFacts(
            uploader_id=written.uploader,
            agency=written.agency,
            post_url=written.post_url,
            taken=taken,
            posted=posted,
            captured=captured,
        )


def _election(rulebook: str, *days: str) -> Election:
    official, drawn, first, last, quiet, vote = map(date.fromisoformat, days)
    return Election(
        f"contoh-{vote.year}",
        f"Pilkada Kabupaten Contoh {vote.year}",
        rulebook,
        official,
        drawn,
        vote,
        TICKETS,
        campaign_first=(first,),
        campaign_last=(last,),
        quiet_first=(quiet,),
    )


PEMILU: Final = Year(
    "pemilu-2024",
    _election("pemilu-2024", "2024-09-22", "2024-09-23", "2024-09-25", "2024-11-23", "2024-11-24", "2024-11-27"),
    period_first=date(2022, 9, 22),
    early=date(2024, 8, 14),
    campaign=date(2024, 10, 1),
)
PILKADA: Final = Year(
    "pilkada-2018",
    _election("pilkada-2018", "2018-02-12", "2018-02-13", "2018-02-15", "2018-06-23", "2018-06-24", "2018-06-27"),
    period_first=date(2017, 12, 27),
    early=date(2018, 1, 20),
    campaign=date(2018, 3, 1),
)
YEARS: Final = (PEMILU, PILKADA)


@dataclass(frozen=True)
class Upload:
    """What is known of an upload, days by their names."""

    taken: tuple[str, ...] = ("campaign exif",)
    posted: tuple[str, ...] = ("campaign-later",)
    captured: tuple[str, ...] = ()
    uploader: str = "u-1"
    agency: str = ""
    post_url: str = ""


def sighting(who: str, depiction: bool = False, calibrated: bool = True) -> Sighting:
    """``sari`` is a match, ``sari?`` is only possible."""
    name = who.rstrip("?")
    similarity, band, chance = (0.45, Band.POSSIBLE, 0.3) if who.endswith("?") else (0.71, Band.MATCH, 0.0003)
    e_value = (chance,) if calibrated else ()
    reference = f"photos/{name}-1.jpg"
    return Sighting(name, NUMBERS[name], similarity, band, reference, (), depiction, e_value, 12_400.0)


def scene(
    people: str,
    hands: str = "",
    *,
    searched: bool = True,
    screenshot: bool = False,
    panels: int = 1,
    calibrated: bool = True,
) -> Scene:
    """A photo, written as this file's first lines say."""
    who = []
    for i, written in enumerate(people.split()):
        name, _, panel = written.partition("@")
        depicted, name = name.startswith("*"), name.removeprefix("*")
        seen = (sighting(name, depicted, calibrated),) if name not in ("-", "~") else ()
        who.append(Person(i, seen, name != "~", depicted, int(panel or 0)))
    shown = []
    for i, written in enumerate(hands.split()):
        where, label = written.split(":")
        owner, _, panel = where.partition("@")
        side = {"L": "left", "R": "right"}.get(owner[-1], "")
        symbols = () if label in ("-", "!") else (Symbol(label, 0.96),)
        owners = () if owner[0] == "?" else (int(owner.rstrip("LR")),)
        shown.append(ShownHand(i, symbols, owners, side, label != "!", int(panel or 0)))
    return Scene(tuple(who), tuple(shown), searched, Layout(screenshot, panels))
