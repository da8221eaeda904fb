"""Asking the desk in plain words: the answer grows, can be stopped, and nothing in it can be obeyed."""

import asyncio
from decimal import Decimal

import pytest

from core.domain.model import Failure, Unsaid
from core.domain.people import Language
from core.domain.talk import Words
from core.spending.caps import Caps
from tests.core.ask.chatters import FOREVER, says, wants
from tests.handlers.asked import answers, until
from tests.handlers.telegram import OWNER
from tests.handlers.town import Plan
from tests.phone import labels

COST = "From the ledger, by a model that can look but not trade"
POOR = Caps(month=Decimal("0.01"), day=Decimal("0.01"))


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr("handlers.answering.EVERY_DRAFT", 0.02)
    monkeypatch.setattr("handlers.answering.EVERY_EDIT", 0.02)


async def drafted(phone, words):
    async with asyncio.timeout(5):
        while True:
            draft = await phone.draft()
            if draft and words in draft["text"]:
                return draft
            await asyncio.sleep(0.01)


async def test_a_question_is_answered_and_says_what_it_cost(town, phone):
    chatter = answers(town, wants("positions"), says("Nothing ", "is open."))

    await phone.says("what is open?")
    await until(phone, "Nothing is open.")

    assert phone.lines == ["Nothing is open.", "", f"{COST} · $0.0028"]
    assert chatter.found == ["[]"]


async def test_a_korean_asks_and_reads_in_korean(founded):
    async with founded(Plan(language=Language.KO)) as town:
        phone = town.phone()
        chatter = answers(town, says("지금 열린 ETH 포지션은 없습니다."))

        await phone.says("왜 ETH 숏 잡았어?")
        await until(phone, "열린 ETH 포지션은 없습니다.")

        assert "주문은 할 수 없습니다" in phone.text
        assert "The person reads Korean" in chatter.asked


async def test_the_answer_is_seen_as_a_draft_while_it_is_written(town, phone):
    answers(town, (*says("Half an answer, ")[:1], 0.1, *says("and the rest.")))

    await phone.says("why?")
    draft = await drafted(phone, "Half an answer,")

    assert draft["can_stop"]
    await until(phone, "Half an answer, and the rest.")
    assert await phone.draft() is None


async def test_before_the_first_word_the_desk_is_seen_to_think(town, phone):
    answers(town, (0.1, *says("Done.")))
    await phone.says("why?")
    assert await drafted(phone, "") is not None
    await until(phone, "Done.")


async def test_telegrams_own_stop_ends_the_models_call_and_keeps_what_had_come(town, phone):
    chatter = answers(town, (Words("So far so good"), FOREVER))
    await phone.says("why?")
    await drafted(phone, "So far so good")

    await phone.stops()
    await until(phone, "Stopped.")

    assert phone.lines == ["So far so good", "", "Stopped."]
    assert chatter.closed == 1
    await phone.says("again?")
    assert not phone.hears("still answering")


async def test_where_drafts_are_refused_one_message_grows_and_has_a_button_to_stop(town, phone):
    town.weather.brews("sendMessageDraft", 404, "Not Found: method not found")
    chatter = answers(town, (Words("So far so good"), FOREVER))
    await phone.says("why?")
    await until(phone, "So far so good")
    assert labels(phone.messages[-1]) == ["Stop"]
    message = phone.messages[-1]["id"]

    await phone.taps("Stop")
    await until(phone, "Stopped.")

    assert phone.messages[-1]["id"] == message
    assert labels(phone.messages[-1]) == []
    assert chatter.closed == 1


async def test_what_was_refused_once_is_not_tried_again(town, phone):
    town.weather.brews("sendMessageDraft", 400, "Bad Request: TEXTDRAFT_PEER_INVALID")
    answers(town, says("First."), says("Second."))
    await phone.says("one?")
    await until(phone, "First.")
    await phone.says("two?")
    await until(phone, "Second.")
    assert town.weather.calls.count("sendmessagedraft") == 1


async def test_a_stop_that_comes_too_late_says_so(town, phone):
    town.weather.brews("sendMessageDraft", 404, "Not Found: method not found")
    answers(town, (Words("So far"), 0.2, *says(" so good")))
    await phone.says("why?")
    await until(phone, "So far")
    message = phone.messages[-1]
    data = message["buttons"][0][0]["callback_data"]
    await until(phone, "So far so good")
    await phone.forges(data, message)
    assert phone.popup.startswith("This button is used up")


async def test_nobody_else_can_stop_an_answer(town, phone):
    town.weather.brews("sendMessageDraft", 404, "Not Found: method not found")
    answers(town, (Words("So far"), 0.2, *says(" so good")))
    await phone.says("why?")
    await until(phone, "So far")
    data = phone.messages[-1]["buttons"][0][0]["callback_data"]
    await town.phone(666, chat=OWNER).forges(data, phone.messages[-1])
    await until(phone, "So far so good")


async def test_while_an_answer_takes_its_time_every_command_works(town, phone):
    answers(town, (FOREVER,))
    await phone.says("why?")

    await phone.says("/status")
    assert phone.hears("Next look")
    await phone.says("/panic")
    assert (await town.settings()).paused


async def test_one_question_at_a_time(town, phone):
    answers(town, (0.2, *says("First.")))
    await phone.says("one?")
    await phone.says("two?")
    assert phone.hears("I am still answering your last question.")
    await until(phone, "First.")


async def test_without_a_model_commands_are_told_and_what_questions_need(phone):
    await phone.says("what is open?")
    assert phone.lines[:2] == [
        "I answer to commands and buttons.",
        "Questions in plain words need the key of a language model.",
    ]
    assert phone.hears("/analyze look now")


async def test_an_answer_is_shown_once_telegram_is_back(town, phone, monkeypatch):
    monkeypatch.setattr("handlers.answering.WAITS", (0.01, 0.01))
    for _ in range(2):
        town.weather.brews("sendMessage", 502, "Bad Gateway")
    answers(town, says("Nothing is open."))
    await phone.says("why?")
    await until(phone, "Nothing is open.")


async def test_a_novel_is_no_question(town, phone):
    chatter = answers(town, says("Hm."))
    await phone.says("why? " * 500)
    assert phone.text == "That is too long for a question: at most 2,000 characters."
    assert chatter.heard == []


async def test_when_the_money_is_used_up_a_plain_sentence_says_so(town, phone):
    answers(town, says("Hm."), caps=POOR)
    await phone.says("why?")
    await until(phone, "The money for models is used up for now")


@pytest.mark.parametrize("failure", [f for f in Failure if f is not Failure.BUDGET])
async def test_every_failure_is_said(town, phone, failure):
    answers(town, (Words("So far"), Unsaid(failure=failure)))
    await phone.says("why?")
    await until(phone, "The answer is not complete:")
    assert phone.lines[0] == "So far"


async def test_a_bug_is_said_plainly(town, phone):
    answers(town, (RuntimeError("boom"),))
    await phone.says("why?")
    await until(phone, "Something went wrong here; it is in the log.")
    await phone.says("still there?")
    assert not phone.hears("still answering")
