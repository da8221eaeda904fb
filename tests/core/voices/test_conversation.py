"""One question, at most one second chance, and never a guess."""

from dataclasses import replace

from core.domain.model import Failure, Repair, Unsaid
from core.prompt import Faults
from core.voices.conversation import converse
from tests.model_fakes import PROMPT, SAID, ScriptedOracle

BAD = replace(SAID, text="bad")


def read(said):
    return Faults(("it is bad.", "very.")) if "bad" in said.text else said.text.upper()


async def heard(*script):
    oracle = ScriptedOracle(script)
    return await converse(oracle.ask, PROMPT, read), oracle.asked


async def test_a_good_answer_is_read_at_once():
    assert await heard(SAID) == ("FINE", [(PROMPT, None)])


async def test_a_bad_answer_gets_one_second_chance_that_names_its_faults():
    found, asked = await heard(BAD, SAID)
    assert found == "FINE"
    assert asked == [(PROMPT, None), (PROMPT, Repair("bad", ("it is bad.", "very.")))]


async def test_the_second_bad_answer_is_the_last():
    found, asked = await heard(BAD, BAD, SAID)
    assert found == Unsaid(failure=Failure.INVALID, detail="it is bad.; very.")
    assert len(asked) == 2


async def test_silence_gets_no_second_chance():
    silence = Unsaid(failure=Failure.REFUSED)
    assert await heard(silence, SAID) == (silence, [(PROMPT, None)])


async def test_silence_at_the_second_chance_is_silence():
    silence = Unsaid(failure=Failure.TIMEOUT)
    assert (await heard(BAD, silence))[0] == silence


async def test_half_a_character_is_not_sent_back():
    _, asked = await heard(replace(SAID, text="bad \ud83d"), SAID)
    assert asked[1][1].said == "bad ?"
