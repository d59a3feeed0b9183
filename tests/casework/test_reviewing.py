"""Two people, each blind to the other: who may decide, when, and what they see."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.audit import AuditLog
from casework.database import Database
from casework.decisions import Verdict, is_drawn
from casework.explained import decisions_explained, looks_explained
from casework.reasons import REASONS, reasons_for
from casework.review_refusals import Refusal, ReviewError
from casework.review_settings import ReviewSettings, set_settings, settings_of
from casework.reviewing import can_undo, disagreements
from netra.errors import UsageError
from tests.casework.reviewers import FITTING, Desk, desk_in
from tests.review.office_sample import fill_office

YES, NO, UNSURE, ASIDE = Verdict.CONFIRMED, Verdict.REJECTED, Verdict.CANNOT_TELL, Verdict.IGNORED


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(ReviewError) as caught:
        yield
    assert caught.value.refusal is refusal


def test_a_confirmed_finding_takes_two_who_do_not_know_of_each_other(database: Database) -> None:
    fill_office(database)
    desk = Desk(database)
    assert desk.is_open(1, "rina")
    assert desk.is_open(1, "budi")
    desk.say(1, "rina", YES)
    row = desk.row(1)
    assert (row["state"], row["first_reviewer"], row["wants_second"]) == ("confirmed-once", "rina", True)
    assert not desk.is_open(1, "rina")
    assert desk.is_open(1, "budi")
    desk.look(1, "budi")
    assert desk.seen(1, "budi") == [], "the second sees nothing of the first"
    assert desk.seen(1, "rina") == [("rina", YES)]
    desk.decide(1, "budi", YES)
    row = desk.row(1)
    assert (row["state"], row["second_reviewer"], row["wants_second"]) == ("confirmed", "budi", False)
    assert desk.seen(1, "rina") == desk.seen(1, "budi") == [("rina", YES), ("budi", YES)]
    assert desk.seen(1, "tono") == [], "whoever did not decide may still be asked"
    assert not desk.is_open(1, "tono")


def test_disagreement_is_not_confirmed_and_a_third_decides_where_a_supervisor_asks(desk: Desk) -> None:
    desk.say(1, "rina", YES)
    desk.say(1, "budi", NO)
    assert (desk.row(1)["state"], desk.row(1)["disagreed"]) == ("cannot-tell", True)
    with desk.database.read() as connection:
        (only,), whole = disagreements(connection, 10)
    assert (only.finding_id, [one.reviewer for one in only.words], only.may_ask, whole) == (
        1,
        ["rina", "budi"],
        True,
        1,
    )
    desk.look(1, "tono")
    with refused(Refusal.ENOUGH):
        desk.decide(1, "tono", YES)
    desk.ask(1)
    assert desk.is_open(1, "tono")
    assert not desk.is_open(1, "rina")
    assert desk.seen(1, "tono") == []
    assert desk.seen(1, "rina") == [("rina", YES)], "while somebody has to look, everybody sees their own word alone"
    desk.decide(1, "tono", YES)
    row = desk.row(1)
    assert (row["state"], row["disagreed"], row["third_reviewer"], row["wants_second"]) == (
        "confirmed", False, "tono", False,
    )  # fmt: skip
    assert "review.ask" in desk.actions()
    with refused(Refusal.NOT_NOW):
        desk.ask(1)


def test_three_who_say_three_things_stay_in_disagreement(desk: Desk) -> None:
    for who, verdict in (("rina", YES), ("budi", NO)):
        desk.say(2, who, verdict)
    desk.ask(2)
    desk.say(2, "tono", UNSURE)
    assert (desk.row(2)["state"], desk.row(2)["disagreed"]) == ("cannot-tell", True)
    with desk.database.read() as connection:
        assert not disagreements(connection, 10)[0][0].may_ask


def test_a_supervisor_can_ask_for_a_second_where_one_was_enough(desk: Desk) -> None:
    with refused(Refusal.NOT_NOW):
        desk.ask(3)
    desk.say(3, "rina", NO)
    assert not desk.is_open(3, "budi")
    with refused(Refusal.NO_WHY):
        desk.ask(3, " ")
    desk.ask(3)
    assert desk.is_open(3, "budi")
    with refused(Refusal.NOT_NOW):
        desk.ask(3)
    desk.undo(3, "rina")
    desk.say(3, "rina", NO)
    assert desk.is_open(3, "budi"), "asking holds when the first decides anew"


def test_nobody_decides_unseen_or_without_a_reason_that_fits(desk: Desk) -> None:
    with refused(Refusal.NOT_LOOKED):
        desk.decide(1, "rina", YES)
    desk.open(1, "rina")
    with refused(Refusal.NOT_LOOKED):
        desk.decide(1, "rina", YES)
    desk.look(1, "rina")
    for verdict, reason in ((YES, "not-asn"), (NO, "as-shown"), (UNSURE, "depiction"), (NO, "there-is-none")):
        with refused(Refusal.WRONG_REASON):
            desk.decide(1, "rina", verdict, reason)
    with refused(Refusal.NO_NOTE):
        desk.decide(1, "rina", NO, "other", "  ")
    assert desk.decide(1, "rina", NO, "other", " kacamata ").note == "kacamata"
    with refused(Refusal.NO_FINDING):
        desk.decide(10**9, "rina", YES)
    assert len(desk.rows("decisions")) == 1


def test_every_verdict_has_reasons_and_every_reason_a_verdict() -> None:
    assert all(reason.verdicts for reason in REASONS)
    assert len({reason.code for reason in REASONS}) == len(REASONS)
    for verdict in Verdict:
        assert FITTING[verdict] in [reason.code for reason in reasons_for(verdict)]
        assert "other" in [reason.code for reason in reasons_for(verdict)]


def test_a_word_is_changed_or_undone_until_somebody_else_has_decided(desk: Desk) -> None:
    desk.say(1, "rina", NO)
    desk.say(1, "rina", YES)
    assert desk.row(1)["state"] == "confirmed-once"
    desk.undo(1, "rina")
    row = desk.row(1)
    assert (row["state"], row["first_reviewer"], row["wants_second"]) == ("suggested", "", False), "none comes back"
    assert desk.is_open(1, "rina")
    with refused(Refusal.NOTHING_TO_UNDO):
        desk.undo(1, "rina")
    desk.decide(1, "rina", YES)
    desk.look(1, "budi")
    with refused(Refusal.NOTHING_TO_UNDO):
        desk.undo(1, "budi")
    desk.decide(1, "budi", YES)
    for who in ("rina", "budi"):
        with desk.database.read() as connection:
            assert not can_undo(connection, 1, who)
        with refused(Refusal.STANDS):
            desk.undo(1, who)
        with refused(Refusal.STANDS):
            desk.decide(1, who, NO)
    with desk.database.read() as connection:
        assert decisions_explained(connection).whole
        assert looks_explained(connection).whole


def test_the_work_of_two_who_began_at_once_is_kept(desk: Desk) -> None:
    desk.look(1, "rina")
    desk.look(1, "budi")
    desk.decide(1, "rina", NO)
    assert not desk.is_open(1, "budi")
    desk.decide(1, "budi", NO)
    assert (desk.row(1)["state"], desk.row(1)["second_reviewer"]) == ("rejected", "budi")


def test_a_word_that_was_taken_back_is_not_seen_by_whoever_can_still_change_theirs(desk: Desk) -> None:
    desk.say(1, "budi", YES)
    desk.undo(1, "budi")
    desk.say(1, "rina", NO)
    assert desk.seen(1, "rina") == [("rina", NO)]


def test_a_share_of_what_is_not_confirmed_is_drawn_for_a_second_look(desk: Desk) -> None:
    desk.settings(second_share=1.0)
    desk.say(1, "rina", NO)
    assert desk.is_open(1, "budi")
    assert desk.row(1)["state"] == "rejected"
    with desk.database.begin() as connection:
        share = sum(is_drawn(connection, number, 0.2) for number in range(2000)) / 2000
        assert not any(is_drawn(connection, number, 0.0) for number in range(50))
        assert all(is_drawn(connection, number, 1.0) for number in range(50))
    assert 0.16 < share < 0.24, "0.2 give or take 4.5 standard errors of 2,000"


def test_settings_are_kept_and_their_change_is_in_the_log(desk: Desk) -> None:
    with desk.database.begin() as connection:
        log = AuditLog(connection)
        set_settings(connection, log, "sinta", control_share=0.1, second_share=0.3)
        assert settings_of(connection) == ReviewSettings(0.1, 0.3)
        last = list(log.entries())[-1].draft
        assert (last.action, last.detail["after"]) == ("setting.set", {"control_share": 0.1, "second_share": 0.3})
        for wrong in ((0.6, 0.2), (-0.1, 0.2), (0.1, 1.1)):
            with pytest.raises(UsageError):
                set_settings(connection, log, "sinta", control_share=wrong[0], second_share=wrong[1])
