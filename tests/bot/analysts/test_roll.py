"""A model that has ended is replaced before it is asked; one that will end is said in time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.analysts.models_file import load_catalogue
from bot.analysts.roll import Finding, Listed, Standing, judged, settled
from tests.bot.analysts.wire import model

TODAY = date(2026, 11, 25)
SHIPPED = load_catalogue()
EVERYONE = {
    provider: {m.name: Listed() for m in SHIPPED.models.values() if m.provider == provider}
    for provider in ("openai", "anthropic")
}


def without(*names):
    return {
        provider: {name: listed for name, listed in models.items() if name not in names}
        for provider, models in EVERYONE.items()
    }


def ending(days):
    return model("openai", shutdown=TODAY + timedelta(days=days))


def names(voices):
    return [voice.name for voice in voices]


def finding(findings, name):
    (found,) = (one for one in findings if one.model == name)
    return found


def test_while_everyone_is_there_nothing_changes():
    catalogue, findings = settled(SHIPPED, EVERYONE, TODAY)
    assert catalogue == SHIPPED
    assert {one.standing for one in findings} == {Standing.FINE, Standing.UNKNOWN}
    assert finding(findings, "perplexity/sonar").standing is Standing.UNKNOWN


def test_a_list_that_could_not_be_read_says_nothing_bad():
    catalogue, findings = settled(SHIPPED, {}, TODAY)
    assert catalogue == SHIPPED
    assert {one.standing for one in findings} == {Standing.UNKNOWN}
    assert judged(model("openai"), {"openai": {}}, TODAY).standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("days", "standing", "notice"),
    [
        (61, Standing.FINE, None),
        (60, Standing.ENDING, 60),
        (15, Standing.ENDING, 60),
        (14, Standing.ENDING, 14),
        (4, Standing.ENDING, 14),
        (3, Standing.ENDING, 3),
        (1, Standing.ENDING, 3),
        (0, Standing.GONE, None),
        (-400, Standing.GONE, None),
    ],
)
def test_warnings_come_sixty_fourteen_and_three_days_before_the_end(days, standing, notice):
    roll = {"openai": {"the-model": Listed()}}
    found = judged(ending(days), roll, TODAY)
    assert found == Finding("the-model", standing, days, notice)


def test_the_last_day_of_the_catalogue_counts_without_a_list():
    assert judged(ending(3), {}, TODAY).standing is Standing.ENDING
    assert judged(ending(0), {}, TODAY).standing is Standing.GONE


def test_the_provider_knows_its_own_last_day_best():
    roll = {"openai": {"the-model": Listed(TODAY + timedelta(days=10))}}
    assert judged(ending(300), roll, TODAY).days == 10
    assert judged(ending(-3), roll, TODAY).standing is Standing.ENDING


def test_a_retired_model_is_gone_whatever_its_day():
    roll = {"anthropic": {"the-model": Listed(TODAY + timedelta(days=90), retired=True)}}
    assert judged(model("anthropic"), roll, TODAY).standing is Standing.GONE


@pytest.mark.parametrize(
    "listed", ["the-model-20261007", "the-model-2026-10-07", "the-model:latest"]
)
def test_a_list_may_name_it_with_its_day(listed):
    roll = {"openai": {listed: Listed()}}
    assert judged(model("openai"), roll, TODAY).standing is Standing.FINE


@pytest.mark.parametrize("listed", ["the-model-mini", "the-model-2", "the-mode", "other"])
def test_a_model_with_a_longer_name_is_another(listed):
    roll = {"openai": {listed: Listed()}}
    assert judged(model("openai"), roll, TODAY).standing is Standing.GONE


def test_of_several_days_one_that_lives_is_enough():
    roll = {"openai": {"the-model-20260101": Listed(retired=True), "the-model-20261001": Listed()}}
    assert judged(model("openai"), roll, TODAY).standing is Standing.FINE
    roll = {"openai": {"the-model-20260101": Listed(retired=True)}}
    assert judged(model("openai"), roll, TODAY).standing is Standing.GONE


def test_a_fallback_takes_the_part_as_it_was_played_and_leads_if_that_one_led():
    catalogue, findings = settled(SHIPPED, without("gpt-6.1-terra"), TODAY)
    before, after = SHIPPED.profiles["balanced"], catalogue.profiles["balanced"]
    assert names(after.voices) == ["gpt-6-luna", "claude-haiku-5-5"]
    assert after.main == "gpt-6-luna"
    heir, gone = after.voices[0].model, before.voices[0].model
    assert (heir.effort, heir.max_output) == (gone.effort, gone.max_output)
    assert heir.price == SHIPPED.models["gpt-6-luna"].price
    assert after.chat.name == "gpt-6-luna"
    found = finding(findings, "gpt-6.1-terra")
    assert (found.standing, found.instead) == (Standing.GONE, "gpt-6-luna")


def test_a_fallback_that_has_gone_too_hands_on_to_its_own():
    gone = without("gpt-6.1-sol", "gpt-6.1-terra", "gpt-6-luna")
    catalogue, findings = settled(SHIPPED, gone, TODAY)
    assert names(catalogue.profiles["quality"].voices)[0] == "gpt-5.6-luna"
    assert finding(findings, "gpt-6.1-sol").instead == "gpt-5.6-luna"


def test_a_model_without_a_fallback_leaves_and_the_next_one_leads():
    catalogue, findings = settled(SHIPPED, without("gpt-6-luna", "gpt-5.6-luna"), TODAY)
    economy = catalogue.profiles["economy"]
    assert names(economy.voices) == ["claude-haiku-5-5"]
    assert (economy.main, economy.chat.name) == ("claude-haiku-5-5", "claude-haiku-5-5")
    assert finding(findings, "gpt-6-luna").instead == ""


def test_nobody_becomes_two_voices():
    profile = SHIPPED.profiles["quality"]
    both = replace(profile, voices=(profile.voices[0], SHIPPED.profiles["balanced"].voices[0]))
    crowded = replace(SHIPPED, profiles={"quality": both})
    catalogue, _ = settled(crowded, without("gpt-6.1-sol"), TODAY)
    assert names(catalogue.profiles["quality"].voices) == ["gpt-6.1-terra"]
    assert catalogue.profiles["quality"].main == "gpt-6.1-terra"


def test_news_are_only_inherited_where_searching_is():
    fallbacks = SHIPPED.fallbacks | {"perplexity/sonar": ("gpt-6-luna",)}
    roll = EVERYONE | {"perplexity": {"perplexity/other": Listed()}}
    catalogue, _ = settled(replace(SHIPPED, fallbacks=fallbacks), roll, TODAY)
    assert catalogue.profiles["balanced"].news is None


def test_a_verifier_that_nobody_can_follow_keeps_its_seat_and_is_silent_there():
    """An empty seat would let trades pass whole that it would have halved."""
    lonely = replace(SHIPPED, fallbacks=dict.fromkeys(SHIPPED.fallbacks, ()))
    verifier = SHIPPED.profiles["balanced"].verifier
    catalogue, findings = settled(lonely, without(verifier.name), TODAY)
    assert finding(findings, verifier.name).standing is Standing.GONE
    assert catalogue.profiles["balanced"].verifier == verifier
