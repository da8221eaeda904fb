"""A secret shows itself to nobody who does not ask."""

import copy
import pickle
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.secret import Credential, Secret, must_be_a_name

RIDDLE = "sk-proj-a-riddle-a1b2"


@given(st.text(min_size=8))
def test_no_text_is_seen_in_what_can_be_printed(text):
    hidden = Secret(f"<{text}>")
    credential = Credential("main", "binance", {"key": hidden})
    for shown in (str(hidden), repr(hidden), f"{hidden}", f"{hidden!r:>20}", f"{credential}"):
        assert text not in shown
    assert hidden.reveal() == f"<{text}>"


@pytest.mark.parametrize("copier", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_is_not_carried_away(copier):
    with pytest.raises(TypeError, match="not copied"):
        copier(Secret(RIDDLE))


def test_a_credential_turned_into_a_dictionary_carries_no_text():
    with pytest.raises(TypeError, match="not copied"):
        asdict(Credential("main", "binance", {"key": Secret(RIDDLE)}))


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        (RIDDLE, "sk-…a1b2"),
        ("pplx-0123456789abcdef", "pplx-…cdef"),
        ("0123456789abcdef0123", "…0123"),
        ("sk-is-rather-short", "…"),
        ("passphrase-of-my-own-a1b2", "…a1b2"),
        ("", "…"),
    ],
)
def test_a_tail_tells_two_keys_apart_and_no_more(text, tail):
    assert Secret(text).tail == tail


@given(st.text(alphabet="ab-", max_size=40))
def test_a_tail_is_never_more_than_half_of_it(text):
    assert len(Secret(text).tail.replace("…", "")) * 2 <= len(text)


def test_secrets_are_equal_by_what_they_say():
    assert Secret("a\ud800") == Secret("a\ud800")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2


@pytest.mark.parametrize("name", ["", "a|b", "a\nb", "x" * 65])
def test_names_that_could_be_taken_for_two_are_refused(name):
    with pytest.raises(ValueError, match="a name here"):
        must_be_a_name(name)
    with pytest.raises(ValueError, match="a name here"):
        Credential(name, "binance", {"key": Secret("k")})


def test_a_credential_without_fields_is_none():
    with pytest.raises(ValueError, match="at least one"):
        replace(Credential("main", "binance", {"key": Secret("k")}), fields={})
