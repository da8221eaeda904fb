"""A model is an analyst like any other: one view a question, and silence with a reason."""

import asyncio
import json
from dataclasses import replace
from operator import is_

import pytest

from core.domain.model import Failure, Said, Unsaid, Usage
from core.domain.opinion import Abstention, Opinion, Silence
from core.domain.people import Language
from core.prompt import SCHEMA_VERSION, indicators, market, sheet
from core.voices.analyst import ModelAnalyst, StandIn
from core.voices.consult import Consult
from core.voices.replaying import Recall, Replaying
from core.voices.sheets import Sheets
from tests.core.voices.markets import asked, seen
from tests.model_fakes import MODEL, ScriptedOracle, ShortPatience, desk

SYMBOLS = ("BTC/USDT:USDT", "ETH/USDT:USDT")
SEEN = [seen(symbol) for symbol in SYMBOLS]
QUESTIONS = asked(*SEEN)
ALIAS = {row.symbol: row.alias for row in sheet(SEEN, QUESTIONS, Language.KO).rows}
CASE = SEEN, QUESTIONS


def entry(alias, **changes):
    usual = {
        "symbol": alias,
        "abstain": False,
        "abstain_reason": None,
        "p_up": 0.55,
        "p_long_target_first": 0.4,
        "p_short_target_first": 0.3,
        "invalidation": None,
        "evidence": [],
        "counter_evidence": [],
        "doubts": [],
        "rationale": "상승",
    }
    return usual | changes


def answer(*entries):
    whole = {"schema_version": SCHEMA_VERSION, "opinions": list(entries)}
    return Said(text=json.dumps(whole), usage=Usage(), model="x")


BOTH = answer(entry("SYM_A"), entry("SYM_B"))
BAD = Said(text="```json", usage=Usage(), model="x")


def analyst(*script, shared=None):
    consult = Consult(MODEL, ScriptedOracle(script), shared or desk())
    return ModelAnalyst(name=MODEL.name, consult=consult, write=market, language=Language.KO)


async def test_what_a_model_says_becomes_its_views_in_the_order_of_the_questions():
    said = answer(
        entry(ALIAS[SYMBOLS[1]], abstain=True, abstain_reason="no_edge"), entry(ALIAS[SYMBOLS[0]])
    )
    first, second = await analyst(said).views(*CASE)
    assert isinstance(first, Opinion)
    assert (first.analyst, first.symbol, first.p_up) == (MODEL.name, SYMBOLS[0], 0.55)
    assert (second.symbol, second.reason) == (SYMBOLS[1], Silence.NO_EDGE)


@pytest.mark.parametrize("failure", sorted(set(Failure) - {Failure.INVALID}))
async def test_a_model_that_fails_abstains_about_everything_and_says_why(failure):
    views = await analyst(Unsaid(failure=failure)).views(*CASE)
    assert views == tuple(
        Abstention(MODEL.name, symbol, Silence.NO_ANSWER, failure.value) for symbol in SYMBOLS
    )


async def test_an_answer_that_nobody_can_read_is_invalid():
    views = await analyst(BAD).views(*CASE)
    assert {(view.reason, view.failure) for view in views} == {(Silence.INVALID, "invalid")}


async def test_without_questions_nobody_is_asked():
    voice = analyst()
    assert await voice.views([], []) == ()
    assert voice.consult.oracle.asked == []


async def test_all_symbols_are_one_question_in_the_books():
    shared = desk()
    await analyst(BOTH, shared=shared).views(*CASE)
    (call,) = shared.purse.made.values()
    assert (call.symbols, call.as_of) == (SYMBOLS, QUESTIONS[0].as_of)


class TestReplaying:
    def voice(self, shared, write=market):
        recall = Recall(Replaying(MODEL.provider, MODEL.name, shared.minutes))
        return ModelAnalyst(name=MODEL.name, consult=recall, write=write, language=Language.KO)

    async def test_what_was_said_once_is_heard_again_without_asking(self):
        shared = desk()
        views = await analyst(BOTH, shared=shared).views(*CASE)
        assert await self.voice(shared).views(SEEN[::-1], QUESTIONS) == views

    async def test_a_second_chance_is_heard_again_too(self):
        shared = desk()
        views = await analyst(BAD, BOTH, shared=shared).views(*CASE)
        assert isinstance(views[0], Opinion)
        assert await self.voice(shared).views(*CASE) == views

    async def test_what_was_never_said_stays_unsaid(self):
        shared = desk()
        await analyst(BOTH, shared=shared).views(*CASE)
        for voice in (self.voice(shared, write=indicators), self.voice(desk())):
            views = await voice.views(*CASE)
            assert {view.failure for view in views} == {Failure.UNRECORDED.value}


async def test_a_stand_in_says_why_somebody_was_not_asked():
    views = await StandIn("gpt", Silence.QUIET).views(*CASE)
    assert views == tuple(Abstention("gpt", symbol, Silence.QUIET) for symbol in SYMBOLS)


class TestManySymbols:
    NAMES = tuple(f"C{n}/USDT:USDT" for n in range(50))
    MARKETS = tuple(seen(name) for name in NAMES)

    class Teller:
        """Answers for whatever names it is shown."""

        def __init__(self):
            self.prompts = []

        async def ask(self, prompt, repair=None):
            self.prompts.append(prompt)
            fields = prompt.schema["properties"]["opinions"]["items"]["properties"]
            return answer(*(entry(name) for name in fields["symbol"]["enum"]))

    def voice(self, oracle, sheets=None):
        consult = Consult(MODEL, oracle, desk())
        parts = {"sheets": sheets} if sheets else {}
        return ModelAnalyst(
            name=MODEL.name, consult=consult, write=market, language=Language.KO, **parts
        )

    @pytest.mark.parametrize(("symbols", "calls"), [(1, 1), (20, 1), (21, 2), (50, 3)])
    async def test_at_most_twenty_are_asked_about_in_one_question(self, symbols, calls):
        oracle, markets = self.Teller(), self.MARKETS[:symbols]
        views = await self.voice(oracle).views(markets, asked(*markets))
        assert [view.symbol for view in views] == list(self.NAMES[:symbols])
        assert all(isinstance(view, Opinion) for view in views)
        sizes = [prompt.user.count("; data ") for prompt in oracle.prompts]
        assert (len(sizes), sum(sizes)) == (calls, symbols)
        assert max(sizes) <= 20
        assert max(sizes) - min(sizes) <= 1

    async def test_a_question_that_is_not_answered_silences_its_own_symbols_only(self):
        oracle = self.Teller()
        said, asks = iter([Unsaid(failure=Failure.TIMEOUT)]), oracle.ask

        async def ask(prompt, repair=None):
            return next(said, None) or await asks(prompt, repair)

        oracle.ask = ask
        markets = self.MARKETS[:40]
        views = await self.voice(oracle).views(markets, asked(*markets))
        assert [isinstance(view, Opinion) for view in views] == [False] * 20 + [True] * 20

    async def test_voices_that_ask_alike_share_what_is_written(self):
        sheets, oracles = Sheets(), [self.Teller() for _ in range(3)]
        questions = asked(*self.MARKETS)
        voices = [self.voice(oracle, sheets) for oracle in oracles]
        await asyncio.gather(*(voice.views(self.MARKETS, questions) for voice in voices))
        alone = self.Teller()
        await self.voice(alone).views(self.MARKETS, questions)
        for oracle in oracles:
            assert oracle.prompts == alone.prompts
            assert all(map(is_, oracle.prompts, oracles[0].prompts))
        first, again = [
            await sheets.of(self.MARKETS, list(questions), Language.KO, aliased=True)
            for _ in range(2)
        ]
        assert first is again

    async def test_voices_that_share_are_asked_in_their_order(self):
        """So that two records of the same questions are equal."""
        sheets, order = Sheets(), []

        class Counting(self.Teller):
            def __init__(self, number):
                super().__init__()
                self.number = number

            async def ask(self, prompt, repair=None):
                order.append(self.number)
                return await super().ask(prompt, repair)

        voices = [self.voice(Counting(number), sheets) for number in range(4)]
        for _ in range(5):
            questions = asked(*self.MARKETS[:3])
            await asyncio.gather(*(v.views(self.MARKETS[:3], questions) for v in voices))
        assert order == [0, 1, 2, 3] * 5

    async def test_another_language_other_names_and_another_close_are_other_sheets(self):
        sheets, questions = Sheets(), asked(*self.MARKETS[:2])

        async def written(about=questions, language=Language.KO, aliased=True):
            return await sheets.of(self.MARKETS, about, language, aliased=aliased)

        first = await written()
        others = [
            await written(language=Language.EN),
            await written(aliased=False),
            await written(asked(*self.MARKETS[:2])),
            await written(questions[:1]),
        ]
        assert all(first is not other for other in others)
        assert await written() is first


async def test_what_comes_too_late_is_an_abstention_now_and_kept_when_it_comes():
    may, kept, patience = asyncio.Event(), [], ShortPatience()

    class Slow:
        async def ask(self, prompt, repair=None):
            await may.wait()
            return answer(entry("SYM_A"), entry("SYM_B"))

    async def keep(views, questions):
        kept.append((views, questions))

    slow = replace(
        analyst(),
        consult=Consult(MODEL, Slow(), desk(patience=patience)),
        keep_late=keep,
    )
    views = await slow.views(*CASE)
    assert {(view.reason, view.failure) for view in views} == {(Silence.NO_ANSWER, "late")}
    assert kept == []
    may.set()
    await asyncio.gather(*patience.left)
    ((late, about),) = kept
    assert [view.symbol for view in late] == [q.symbol for q in about] == list(SYMBOLS)
    assert all(isinstance(view, Opinion) for view in late)
