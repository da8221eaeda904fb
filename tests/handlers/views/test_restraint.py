"""How the desk says that it holds itself back, word for word."""

from datetime import timedelta

import pytest

from core.domain.notice import Notice, NoticeKind
from core.domain.people import Language
from core.domain.restraint import Cause, Reason
from core.guard.entering import Barred
from handlers.views.notice import missed, plain
from handlers.views.restraint import asked, restrained, resumed, trading_lines
from tests.builders import ACCOUNT, NOON, settings
from tests.handlers.views.facts import position_facts, reader

UNTIL = NOON + timedelta(hours=12)
LEAKED = Cause(Reason.BALANCE, NOON, "35.20")
REFUSED = Cause(Reason.REJECTS, NOON, "4 × <b>")
LOST = Cause(Reason.MONTH_LOSS, NOON, "2.03%", UNTIL)


def told(kind, cause):
    numbers = {"detail": cause.detail} | ({"until": cause.until} if cause.until else {})
    return Notice(ACCOUNT, kind, NOON, cause.reason, numbers)


def keys(view):
    return [[key.label for key in row] for row in view.keyboard]


def test_a_halt_says_why_what_goes_on_and_what_to_do():
    view = restrained(reader(), told(NoticeKind.HALTED, LEAKED))
    assert view.text == (
        "<b>⛔ Trading halted · paper</b>: money is missing that no trade, fee, funding or transfer "
        "explains (35.20).\nNo entries, nothing discretionary. Stops, targets and closes work as "
        "before. Look into your exchange's app first; /resume asks once more, and resumes only "
        "when ledger and exchange agree."
    )
    assert keys(view) == [["▶ Resume"]]


def test_a_halt_in_korean():
    view = restrained(reader(Language.KO), told(NoticeKind.HALTED, LEAKED))
    assert view.text.splitlines()[0] == (
        "<b>⛔ 거래 중단 · paper</b>: 거래·수수료·펀딩·입출금으로 설명되지 않는 잔고 감소 (35.20)."
    )


def test_what_passes_by_itself_says_when_and_has_no_button():
    view = restrained(reader(), told(NoticeKind.REDUCING, LOST))
    assert view.text.splitlines()[0] == (
        "<b>No entries until 01-02 00:00 · paper</b>: the month's loss has reached its hard limit (2.03%)."
    )
    assert view.keyboard == ()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason, language):
    (line,) = trading_lines(reader(language), settings(causes=(Cause(reason, NOON),)))
    assert "{" not in line


def test_the_state_is_one_line_for_each_cause():
    def lines(**changes):
        return list(trading_lines(reader(), settings(**changes)))

    assert lines() == ["▶ Running."]
    assert lines(paused=True) == ["⏸ Entries are paused."]
    assert lines(causes=(LOST,)) == [
        "⏸ No entries until 01-02 00:00: the month's loss has reached its hard limit (2.03%)."
    ]
    assert lines(paused=True, causes=(LEAKED,))[1].startswith("⛔ Halted since 01-01 12:00: money")


def test_the_question_names_every_halt_once_and_its_button_counts_them():
    view = asked(reader(), settings(causes=(LEAKED, LOST, REFUSED)))
    assert view.text.splitlines()[0] == "<b>Trading was halted for this</b>"
    assert len(view.text.splitlines()) == 4
    ((key,),) = view.keyboard
    assert (key.label, key.argument, key.once) == ("I have looked · resume", "2", True)


def test_what_a_venue_has_said_cannot_become_markup():
    assert "4 × &lt;b&gt;" in asked(reader(), settings(causes=(REFUSED,))).text


def test_what_still_waits_after_a_yes_is_said():
    assert resumed(reader(), settings()).text == "Entries are on again."
    assert resumed(reader(), settings(causes=(LOST,))).text.splitlines()[0] == (
        "No longer halted, but entries have to wait."
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("barred", Barred)
def test_an_entry_that_the_gate_has_kept_says_why_and_shows_no_code(barred, language):
    notice = Notice(ACCOUNT, NoticeKind.ENTRY_REFUSED, NOON, "k7q2e", {"code": barred.code})
    said = missed(reader(language), notice, position_facts()).text
    assert barred.code not in said
    assert reader(language).t(f"gate.{barred}") in said


@pytest.mark.parametrize("language", Language)
def test_a_lost_lease_names_the_account(language):
    told = Notice(ACCOUNT, NoticeKind.LEASE_LOST, NOON, numbers={"account": "binance-main"})
    assert "binance-main" in plain(reader(language), told).text
