"""Scans while two reviewers work: no decision is lost, and nothing that was decided is ever offered as new."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select, update

from casework import store
from casework.audit import AuditLog
from casework.database import Database
from casework.decisions import Verdict, decide, decisions_of, state_of
from casework.explained import decisions_explained, looks_explained
from casework.looks import has_looked, next_look
from casework.queries import Filter
from casework.review_queue import Turn, list_queue
from casework.review_settings import set_settings
from casework.reviewing import can_undo, decide_reviewed, is_open_for, undo_own, visible_decisions
from casework.tables import findings
from casework.verify import verify_log
from screening import stamps
from screening.reading import HandsMode
from screening.rulebook import load_rulebook
from tests.casework.made_up import Office, StandIn, made_up_gallery, made_up_photo, nothing_asked, quick_fingerprint
from tests.casework.reviewers import FITTING, Desk

PHOTOS, MORE = 60, 20
THINKING_S = 0.05
"""Between two findings; people who never pause would keep SQLite's one writer's place from the scan."""


@pytest.fixture(autouse=True)
def eyes(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    monkeypatch.setattr(store, "BATCH_S", 0.02)
    monkeypatch.setattr(store, "BATCH", 10)
    stand_in = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: stand_in)
    monkeypatch.setattr("screening.reading.fingerprint", quick_fingerprint)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)
    return stand_in


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    for number in range(PHOTOS):
        made_up_photo(tmp_path / "foto" / f"{number:03}.png", number)
    made = Office(database, tmp_path / "foto")
    made.scan()
    with database.begin() as connection:
        set_settings(connection, AuditLog(connection), "sinta", control_share=0.1, second_share=0.3)
    return made


@dataclass
class Worker:
    """A reviewer who works as the page lets them until told that the scans are over, and then to the end.

    Attributes:
        made, taken_back: how often they decided and undid.
        met: findings that they were handed, and whether they had decided them at that moment.
    """

    name: str
    desk: Desk
    scanned: Event
    made: int = 0
    taken_back: int = 0
    met: list[tuple[int, bool]] = field(default_factory=list)

    def work(self) -> None:
        chance = random.Random(self.name)
        while True:
            over = self.scanned.is_set()
            if not self.step(chance) and over:
                return
            time.sleep(THINKING_S)

    def step(self, chance: random.Random) -> bool:
        """One finding; whether there was one."""
        with self.desk.database.begin() as connection:
            found = next_look(connection, AuditLog(connection), self.name, Filter(), self.desk.tick(), chance.random)
            own = [
                one
                for look in found
                for one in decisions_of(connection, look.finding_id)
                if one.reviewer == self.name and not one.undone
            ]
        for look in found:
            if not look.answered:
                self.desk.answer(look, chance.choice(("same", "different")))
            if not look.control:
                self.met.append((look.finding_id, bool(own)))
                self._decide(look.finding_id, chance)
        return bool(found)

    def _decide(self, finding: int, chance: random.Random) -> None:
        while True:
            with self.desk.database.read() as connection:
                ready = has_looked(connection, finding, self.name)
            if ready:
                break
            self.desk.look(finding, self.name)  # a scan has named another candidate meanwhile
        with self.desk.database.begin() as connection:
            log, verdict = AuditLog(connection), chance.choice(list(Verdict))
            if not has_looked(connection, finding, self.name):
                return
            decide_reviewed(connection, log, finding, self.name, verdict, FITTING[verdict], "", self.desk.tick())
            self.made += 1
            if chance.random() < 0.1 and can_undo(connection, finding, self.name):
                undo_own(connection, log, finding, self.name, self.desk.tick())
                self.taken_back += 1


def check(desk: Desk) -> None:
    """At one moment: every decision stands where it was made, and nobody is offered what they decided."""
    with desk.database.read() as connection:
        for row in connection.execute(select(findings)).all():
            every = decisions_of(connection, row.id)
            valid = [one for one in every if not one.undone]
            assert row.state == state_of(valid)
            assert (row.state == "suggested") == (not valid) == (row.first_reviewer == "")
            for name in {one.reviewer for one in valid}:
                assert name in (row.first_reviewer, row.second_reviewer)
                assert not is_open_for(connection, row.id, name)
        for name in ("rina", "budi"):
            waiting = list_queue(connection, Filter(current=False), name, Turn.MINE, count=500)
            decided = {one.finding_id for row in waiting.findings for one in decisions_of(connection, row.id)
                       if one.reviewer == name and not one.undone}  # fmt: skip
            assert not decided


def rescan(office: Office, eyes: StandIn, desk: Desk) -> None:
    """Everything that makes a scan say something else: hands, rulebook, candidates, networks, more photos."""
    office.hands = HandsMode.NEVER
    office.scan()
    check(desk)
    office.hands = HandsMode.AUTO
    for number in range(PHOTOS, PHOTOS + MORE):
        made_up_photo(office.folder / f"{number:03}.png", number)
    office.scan()
    check(desk)
    office.gallery, office.book = made_up_gallery(["sari"]), load_rulebook("pemilu-2024")
    eyes.code = "stand-in 2"
    office.scan()
    check(desk)
    office.gallery, office.book = made_up_gallery(), load_rulebook("pilkada-2018")
    office.scan()
    check(desk)


def test_a_rescan_while_two_reviewers_work_loses_no_decision(office: Office, eyes: StandIn) -> None:
    desk, scanned = Desk(office.database), Event()
    workers = [Worker(name, desk, scanned) for name in ("rina", "budi")]
    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(worker.work) for worker in workers]
        scanning = pool.submit(rescan, office, eyes, desk)
        try:
            scanning.result(240)
        finally:
            scanned.set()
        for one in working:
            one.result(240)
    check(desk)
    rows = office.rows("decisions")
    assert len([row for row in rows if row["undoes"] is None]) == sum(worker.made for worker in workers) > PHOTOS / 3
    assert len([row for row in rows if row["undoes"]]) == sum(worker.taken_back for worker in workers)
    assert not any(decided for worker in workers for _, decided in worker.met), "decided, and offered as new"
    places = [(row["photo_id"], row["ticket"], row["panel"]) for row in office.rows("findings")]
    assert len(places) == len(set(places))
    with office.database.read() as connection:
        assert decisions_explained(connection).whole
        assert looks_explained(connection).whole
        faults = [damage.fault.value for damage in verify_log(connection).damages]
        assert faults in ([], ["no-key"])
        left = list_queue(connection, Filter(), "rina", Turn.MINE)
        assert left.total == 0, "they worked to the end"
        some = next(row for row in office.rows("findings") if row["second_reviewer"])
        assert len({one.reviewer for one in visible_decisions(connection, some["id"], "rina")}) == 2


def test_a_photo_cut_into_panels_is_not_asked_about_again(office: Office) -> None:
    row = next(row for row in office.rows("findings") if row["ticket"])
    with office.database.begin() as connection:
        decide(connection, row["id"], "rina", Verdict.REJECTED)
        connection.execute(update(findings).where(findings.c.id == row["id"]).values(panel=3))
    office.hands = HandsMode.NEVER if row["symbol"] else HandsMode.ALWAYS
    office.rehash = True
    office.scan()
    after = [
        one for one in office.rows("findings") if (one["photo_id"], one["ticket"]) == (row["photo_id"], row["ticket"])
    ]
    assert [(one["id"], one["panel"], one["state"], one["current"]) for one in after] == [
        (row["id"], row["panel"], "rejected", True)
    ]
