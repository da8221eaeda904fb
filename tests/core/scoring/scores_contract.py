"""What core asks of those who keep score; `ledger` and `scores` share one memory."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from tests.builders import ACCOUNT, NOON, decision, fate, question, resolution, scored

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LATER = decision(id="d2", question=question(as_of=NOON + HOUR), as_of=NOON + HOUR)


class ScoresContract:
    async def test_a_decision_is_due_when_its_horizon_has_passed(self, ledger, scores):
        await ledger.commit(LATER, decision())

        assert await scores.due(NOON + DAY - HOUR, 9) == ()
        assert await scores.due(NOON + DAY, 9) == (decision(),)
        assert await scores.due(NOON + 2 * DAY, 9) == (decision(), LATER)
        assert await scores.due(NOON + 2 * DAY, 1) == (decision(),)

    async def test_an_outcome_is_kept_and_awaited_no_more(self, ledger, scores):
        await ledger.commit(decision())
        await scores.resolve([resolution()], [scored()])

        assert await scores.resolution("d1") == resolution()
        assert await scores.resolution("d2") is None
        assert await scores.due(NOON + 9 * DAY, 9) == ()

    async def test_the_first_outcome_stays(self, ledger, scores):
        await ledger.commit(decision())
        await scores.resolve([resolution()], [scored()])
        await scores.resolve([resolution(up=0.0)], [scored(weight=0.9)])

        assert await scores.resolution("d1") == resolution()
        assert (await scores.record(NOON, NOON + DAY)).weight.tolist() == [0.25]

    async def test_a_decision_that_is_written_again_is_not_awaited_again(self, ledger, scores):
        await ledger.commit(decision())
        await ledger.commit(decision())
        await scores.resolve([resolution()], [])

        assert (await scores.waiting()).count == 0

    async def test_what_cannot_be_told_yet_is_put_off_and_at_last_given_up(self, ledger, scores):
        await ledger.commit(decision(), LATER)
        await scores.put_off("d1", NOON + 2 * DAY)

        assert await scores.due(NOON + DAY + HOUR, 9) == (LATER,)
        assert await scores.due(NOON + 2 * DAY, 9) == (LATER, decision())

        await scores.put_off("d1", None)

        assert await scores.due(NOON + 9 * DAY, 9) == (LATER,)

    async def test_the_waiting_are_counted(self, ledger, scores):
        assert (await scores.waiting()).next_at is None

        await ledger.commit(decision(), LATER)
        await scores.put_off("d1", None)

        waiting = await scores.waiting()
        assert (waiting.count, waiting.given_up) == (1, 1)
        assert waiting.next_at == NOON + HOUR + DAY

    async def test_forecasts_come_as_columns_in_the_order_of_their_times(self, scores):
        four = NOON + 4 * HOUR
        later = scored(decision="d0", as_of=four, ends_at=four + DAY, voice="gpt")
        other = scored(decision="d2", symbol="ETH/USDT:USDT", voice="gpt", stated=(0.1, 0.2, 0.3))
        await scores.resolve([], [later, other, scored()])

        record = await scores.record(NOON, NOON + 2 * DAY)

        assert record.voices == ("trend", "gpt")
        assert record.symbols == ("BTC/USDT:USDT", "ETH/USDT:USDT")
        assert record.voice.tolist() == [0, 1, 1]
        assert record.symbol.tolist() == [0, 1, 0]
        assert record.decision.tolist() == [0, 1, 2]
        assert (record.as_of - record.as_of[0]).tolist() == [0, 0, 4 * 3_600_000]
        assert record.horizon.tolist() == [86_400_000] * 3
        assert record.stated[1].tolist() == [0.1, 0.2, 0.3]
        assert record.chance[0].tolist() == [0.5, 0.355, 0.355]
        assert record.outcome[0].tolist() == [1.0, 1.0, 0.0]
        assert record.believed[0].tolist() == [0.53, 0.4, 0.33]
        assert record.weight.tolist() == [0.25] * 3

    async def test_of_overlapping_closes_the_fullest_is_read_and_all_are_counted(self, scores):
        def at(hour, name, voice="trend"):
            moment = NOON + hour * HOUR
            return scored(decision=name, voice=voice, as_of=moment, ends_at=moment + DAY)

        rows = [
            at(0, "a"),
            at(1, "b"),
            at(1, "b", "gpt"),
            at(3, "c"),
            at(3, "c", "gpt"),
            at(4, "d"),
        ]
        await scores.resolve([], rows)

        record = await scores.record(NOON, NOON + DAY)

        assert (record.as_of - record.as_of[0]).tolist() == [0, 0, 3 * 3_600_000]
        assert [record.voices[voice] for voice in record.voice] == ["gpt", "trend", "trend"]
        assert await scores.spoken(NOON, NOON + DAY) == {"trend": 4, "gpt": 2}
        assert await scores.spoken(NOON + 9 * HOUR, NOON + DAY) == {}

    async def test_what_was_learned_later_is_not_known_before(self, scores):
        await scores.resolve([], [scored(), scored(decision="d2", known_at=NOON + 3 * DAY)])

        assert len(await scores.record(NOON, NOON + DAY)) == 1
        assert len(await scores.record(NOON, NOON + DAY - HOUR)) == 0
        assert len(await scores.record(NOON + HOUR, NOON + 9 * DAY)) == 0

    async def test_no_forecasts_are_empty_columns(self, scores):
        record = await scores.record(NOON, NOON + DAY)

        assert (len(record), record.voices) == (0, ())
        assert record.stated.shape == (0, 3)
        assert record.weight.dtype == np.float64

    @pytest.mark.parametrize("voice", ["gpt-6.1-terra", "qwen3:32b <b>", "목소리"])
    async def test_a_voice_may_have_any_name(self, scores, voice):
        await scores.resolve([], [scored(voice=voice)])

        assert (await scores.record(NOON, NOON + DAY)).voices == (voice,)

    async def test_a_fate_comes_back_and_the_last_word_counts(self, ledger, scores):
        await ledger.commit(decision(), fate(rule="gap"))
        await ledger.commit(fate())

        assert await scores.fate(ACCOUNT, "d1") == fate()
        assert await scores.fate("other", "d1") is None

    async def test_decisions_that_somebody_spoke_against_come_with_their_outcome(
        self, ledger, scores
    ):
        await ledger.commit(
            decision(),
            LATER,
            decision(id="d3"),
            fate(),
            fate(decision="d2", at=NOON + HOUR),
            fate(decision="d3", objections=()),
            fate(account="other"),
        )
        await scores.resolve([resolution()], [])

        first, second = await scores.opposed(ACCOUNT, NOON, NOON + 2 * HOUR)

        assert (first.fate, first.decision, first.resolution) == (fate(), decision(), resolution())
        assert (second.decision, second.resolution) == (LATER, None)
        assert await scores.opposed(ACCOUNT, NOON, NOON + HOUR) == (first,)
        assert await scores.opposed(ACCOUNT, NOON + 2 * HOUR, NOON + DAY) == ()

    async def test_seconds_after_the_close_do_not_move_the_horizon(self, ledger, scores):
        moment = NOON + timedelta(seconds=7)
        await ledger.commit(replace(decision(), as_of=moment, question=question(as_of=moment)))

        assert len(await scores.due(NOON + DAY, 9)) == 1
