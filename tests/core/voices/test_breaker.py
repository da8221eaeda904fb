"""Who fails three times rests; who lets nobody in is left alone; who answers is well."""

from datetime import timedelta

import pytest

from core.domain.model import Failure
from core.voices.breaker import ILL, OFF, REST, WELL, Breaker, Health
from tests.builders import NOON

SECOND = timedelta(seconds=1)


def after(*failures, breaker=WELL, now=NOON):
    for failure in failures:
        breaker = breaker.after(failure, now)
    return breaker


def test_two_failures_are_borne_and_the_third_brings_a_rest():
    two = after(Failure.TIMEOUT, Failure.OVERLOADED)
    assert two.refusal(NOON) is None
    three = after(Failure.TIMEOUT, breaker=two)
    assert three.refusal(NOON) is Failure.RESTING
    assert three.refusal(NOON + REST - SECOND) is Failure.RESTING
    assert three.refusal(NOON + REST) is None


@pytest.mark.parametrize("failure", [None, *sorted(set(Failure) - ILL - OFF)])
def test_an_answer_in_between_begins_the_count_anew(failure):
    assert after(Failure.TIMEOUT, Failure.TIMEOUT, failure, Failure.TIMEOUT).failures == 1


def test_after_a_rest_one_question_goes_first_and_decides():
    rested = NOON + REST
    tried = after(*[Failure.TIMEOUT] * 3).trying(rested)
    assert tried.refusal(rested) is Failure.RESTING
    assert tried.after(None, rested) == WELL
    again = tried.after(Failure.UNREACHABLE, rested + SECOND)
    assert again.refusal(rested + REST) is Failure.RESTING
    assert again.refusal(rested + SECOND + REST) is None


def test_a_healthy_one_is_asked_by_many_at_once():
    assert WELL.trying(NOON) is WELL


@pytest.mark.parametrize("failure", sorted(OFF))
def test_a_closed_door_stays_closed_whatever_else_is_heard(failure):
    off = after(failure)
    assert off == Breaker(off=failure)
    assert off.refusal(NOON + 9 * REST) is failure
    assert after(None, Failure.TIMEOUT, breaker=off) == off


def test_each_provider_has_its_own_health():
    health = Health()
    assert health.learn("openai", Failure.UNPAID, NOON) is True
    assert health.admit("openai", NOON) is Failure.UNPAID
    assert health.admit("anthropic", NOON) is None


def test_it_is_switched_off_once_and_on_again_by_somebody():
    health = Health()
    health.learn("openai", Failure.FORBIDDEN, NOON)
    assert health.learn("openai", Failure.FORBIDDEN, NOON) is False
    health.reset("openai")
    health.reset("unknown")
    assert health.admit("openai", NOON) is None


def test_of_many_after_a_rest_only_one_is_admitted():
    health = Health()
    for _ in range(3):
        health.learn("openai", Failure.TIMEOUT, NOON)
    admitted = [health.admit("openai", NOON + REST) for _ in range(3)]
    assert admitted == [None, Failure.RESTING, Failure.RESTING]
