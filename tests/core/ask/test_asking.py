"""A question, the rounds of looking things up, and what they may cost in time and money."""

import asyncio
from decimal import Decimal

from core.domain.model import CallStatus, Failure, PromptKind, Unsaid
from core.domain.people import Language
from core.domain.talk import Suggested, Wanted
from core.spending.caps import Caps
from tests.builders import decision, trade
from tests.core.ask.chatters import DONE, FOREVER, ScriptedChatter, says, wants
from tests.core.ask.library import Library
from tests.model_fakes import FakeAllowance, MemoryPurse

POOR = Caps(month=Decimal("0.01"), day=Decimal("0.01"))


async def test_a_question_that_needs_no_look_is_answered_in_one_turn():
    library = Library(ScriptedChatter([says("Nothing ", "is open.")]))

    answer = await library.ask("what is open?")

    assert (answer.text, answer.failure) == ("Nothing is open.", None)
    assert library.heard == ["Nothing ", "Nothing is open."]


async def test_what_is_looked_up_is_told_to_the_model_before_it_answers():
    chatter = ScriptedChatter([wants("positions"), says("One BTC long.")])
    library = Library(chatter)
    await library.ledger.commit(trade())

    answer = await library.ask("what is open?")

    assert answer.text == "One BTC long."
    assert '"coin":"BTC","side":"long"' in chatter.found[0]


async def test_the_question_carries_the_time_and_the_persons_language_behind_it():
    chatter = ScriptedChatter([says("네.")])
    await Library(chatter).ask("왜 ETH 숏 잡았어?", language=Language.KO)
    assert chatter.asked.startswith("왜 ETH 숏 잡았어?\n\n")
    assert "2024-01-01 12:00 UTC" in chatter.asked
    assert "Korean" in chatter.asked


async def test_what_never_changes_comes_first_and_names_no_date():
    chatter = ScriptedChatter([says("a"), says("b")])
    library = Library(chatter)
    await library.ask("one")
    library.clock.advance(days=40)
    await library.ask("two")
    first, second = chatter.heard
    assert (first.system, first.tools) == (second.system, second.tools)
    assert "202" not in first.system


async def test_after_six_rounds_there_has_to_be_an_answer():
    chatter = ScriptedChatter([wants("positions")])

    answer = await Library(chatter).ask("look for ever")

    assert answer.failure is Failure.TRUNCATED
    assert [talk.last for talk in chatter.heard] == [False] * 5 + [True]


async def test_every_round_is_set_aside_before_and_paid_after():
    library = Library(ScriptedChatter([wants("positions"), says("Nothing.")]))

    answer = await library.ask("what is open?")

    assert [call.status for call in library.purse.made.values()] == [CallStatus.ANSWERED] * 2
    assert set(library.purse.settlements.values()) == {1}
    assert answer.cost == sum(call.cost for call in library.purse.made.values())


async def test_without_money_nothing_is_asked():
    chatter = ScriptedChatter([says("hello")])
    library = Library(chatter, purse=MemoryPurse(FakeAllowance(POOR)))

    answer = await library.ask("what is open?")

    assert answer.failure is Failure.BUDGET
    assert chatter.heard == []


async def test_what_takes_longer_than_a_minute_ends_with_what_had_come_and_is_paid_as_the_worst():
    chatter = ScriptedChatter([(*says("Half an ")[:1], FOREVER)])
    library = Library(chatter, patience=0.05)

    answer = await library.ask("tell me everything")

    assert answer.failure is Failure.TIMEOUT
    (call,) = library.purse.made.values()
    assert (call.status, call.cost) == (CallStatus.FAILED, call.reserved)
    assert chatter.closed == 1


async def test_whoever_stops_listening_stops_the_model():
    chatter = ScriptedChatter([(FOREVER,)])
    library = Library(chatter)
    asking = asyncio.ensure_future(library.ask("tell me everything"))
    await asyncio.sleep(0.01)

    asking.cancel()
    await asyncio.wait([asking])

    assert asking.cancelled()
    assert chatter.closed == 1
    assert [call.status for call in library.purse.made.values()] == [CallStatus.FAILED]


async def test_a_model_that_fails_says_why_and_keeps_what_had_come():
    broken = (*says("So far ")[:1], Unsaid(failure=Failure.OVERLOADED))
    answer = await Library(ScriptedChatter([broken])).ask("why?")
    assert (answer.text, answer.failure) == ("So far ", Failure.OVERLOADED)


async def test_a_stream_that_just_stops_is_no_answer():
    answer = await Library(ScriptedChatter([says("So ")[:1]])).ask("why?")
    assert answer.failure is Failure.MALFORMED


async def test_the_last_questions_of_a_chat_are_remembered_there_and_nowhere_else():
    chatter = ScriptedChatter([says("Because of the trend."), says("No."), says("Hello.")])
    library = Library(chatter)
    await library.ask("why ETH?")

    await library.ask("sure?")
    assert [turn.text for turn in chatter.heard[-1].turns[:2]] == [
        "why ETH?",
        "Because of the trend.",
    ]

    await library.ask("hi", chat=43)
    assert len(chatter.heard[-1].turns) == 1


async def test_after_half_an_hour_a_talk_begins_anew():
    chatter = ScriptedChatter([says("Yes.")])
    library = Library(chatter)
    await library.ask("one")
    library.clock.advance(minutes=31)
    await library.ask("two")
    assert len(chatter.heard[-1].turns) == 1


async def test_a_command_may_be_proposed():
    turn = (Wanted("c1", "suggest", '{"command":"chart","words":"ETH 4h"}'), DONE)
    answer = await Library(ScriptedChatter([turn, says("Look.")])).ask("show me")
    assert answer.suggestions == (Suggested("chart", "ETH 4h"),)
    assert answer.suggestions[0].text == "/chart ETH 4h"


async def test_a_decision_is_told_with_every_voice():
    chatter = ScriptedChatter([wants("decisions", '{"coin":"btc","count":1}'), says("So.")])
    library = Library(chatter)
    await library.ledger.commit(decision())
    await library.ask("why BTC?")
    assert '"voice":"trend","p_up":56.0' in chatter.found[0]
    assert '"voice":"reversion","abstains":"no_setup"' in chatter.found[0]


async def test_a_provider_that_lets_nobody_in_is_asked_once_and_people_are_told_once():
    chatter = ScriptedChatter([(Unsaid(failure=Failure.FORBIDDEN),)])
    library = Library(chatter)

    for _ in range(2):
        answer = await library.ask("why?")
        assert answer.failure is Failure.FORBIDDEN

    assert len(chatter.heard) == 1
    assert library.tell.offs == [("openai", Failure.FORBIDDEN)]


async def test_a_provider_that_has_failed_three_times_rests():
    chatter = ScriptedChatter([(Unsaid(failure=Failure.OVERLOADED),)])
    library = Library(chatter)
    for _ in range(3):
        await library.ask("why?")

    answer = await library.ask("why?")

    assert answer.failure is Failure.RESTING
    assert len(chatter.heard) == 3


async def test_every_turn_is_on_the_record_word_for_word():
    library = Library(ScriptedChatter([wants("positions"), says("Nothing ", "is open.")]))

    await library.ask("what is open?")

    first, second = library.minutes.kept
    assert first.prompt.kind is PromptKind.CHAT
    assert first.prompt.user.startswith("person: what is open?")
    assert first.reply.text == '\ncalls ["call1", "positions", "{}"]'
    assert "found call1: []" in second.prompt.user
    assert second.reply.text == "Nothing is open."
    assert first.key != second.key
    assert [one.call for one in library.minutes.kept] == list(library.purse.made)


async def test_what_was_never_sent_is_not_on_the_record():
    chatter = ScriptedChatter([says("hello")])
    library = Library(chatter, purse=MemoryPurse(FakeAllowance(POOR)))
    await library.ask("what is open?")
    assert library.minutes.kept == []
