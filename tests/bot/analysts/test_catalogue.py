"""A profile without some of its keys is a smaller profile, and says what it lacks."""

import pytest

from bot.analysts.catalogue import Usable
from bot.analysts.models_file import load_catalogue
from bot.errors import WrongSetting

CATALOGUE = load_catalogue()


def names(voices):
    return [voice.name for voice in voices]


def test_with_every_key_a_profile_is_whole():
    usable = CATALOGUE.usable("balanced", {"openai", "anthropic", "perplexity"})
    assert usable == Usable(CATALOGUE.profiles["balanced"])


def test_without_a_key_its_voices_are_absent_and_the_first_that_is_left_leads():
    usable = CATALOGUE.usable("balanced", {"anthropic"})
    assert usable.missing == ("openai", "perplexity")
    assert names(usable.profile.voices) == ["claude-haiku-5-5"]
    assert usable.profile.main == "claude-haiku-5-5"
    assert usable.profile.verifier.name == "claude-sonnet-5-5"
    assert usable.profile.news is None


def test_whoever_leads_does_the_talking_for_a_model_that_cannot_be_asked():
    profile = CATALOGUE.usable("balanced", {"anthropic"}).profile
    assert (profile.chat.name, profile.balance.name) == ("claude-haiku-5-5", "claude-haiku-5-5")
    assert profile.chat.kind is CATALOGUE.profiles["balanced"].chat.kind


def test_nobody_stands_in_for_a_verifier():
    assert CATALOGUE.usable("balanced", {"openai"}).profile.verifier is None


def test_without_any_key_nobody_is_left():
    usable = CATALOGUE.usable("quality", ())
    assert (usable.profile.everyone, usable.profile.main) == ((), "")
    assert usable.missing == ("openai", "anthropic", "perplexity")


def test_an_unknown_profile_is_said_with_those_there_are():
    with pytest.raises(WrongSetting, match=r"^MODEL_PROFILE: best is not known here; there is ru"):
        CATALOGUE.usable("best", ())
