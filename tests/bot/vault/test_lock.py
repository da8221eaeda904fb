"""A lock opens with its own words alone, says so of others, and can be changed without the fields."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vault.errors import Tampered, VaultLocked, WrongKey
from bot.vault.lock import Kind, first_key, lock_with, next_key, unlock
from bot.vault.stretching import USUAL, Stretch, stretch_of, stretched
from core.domain.secret import Secret
from tests.bot.vault.locks import OTHERS, QUICK, WORDS

DATA = first_key()
LOCK = lock_with(WORDS, Kind.FILE, DATA, QUICK)


@given(words=st.text(min_size=1), kind=st.sampled_from(Kind))
def test_the_same_words_open_it(words, kind):
    lock = lock_with(Secret(words), kind, DATA, QUICK)
    assert unlock(lock, Secret(words)) == DATA
    with pytest.raises(WrongKey):
        unlock(lock, Secret(words + "."))


def test_other_words_are_a_sentence():
    with pytest.raises(WrongKey, match="does not open this vault"):
        unlock(LOCK, OTHERS)


def test_the_usual_price_of_a_guess_is_64_mebibytes_three_times():
    assert Stretch(65_536, 3, 4) == USUAL
    lock = lock_with(WORDS, Kind.FILE, DATA, USUAL)
    assert unlock(lock, WORDS) == DATA


@pytest.mark.parametrize(
    "change",
    [
        {"salt": bytes(16)},
        {"proof": bytes(32)},
        {"stretch": Stretch(16, 1, 1)},
        {"stretch": Stretch(8, 2, 1)},
    ],
)
def test_with_another_salt_proof_or_price_the_words_are_wrong(change):
    with pytest.raises(WrongKey):
        unlock(replace(LOCK, **change), WORDS)


@pytest.mark.parametrize(
    "change", [{"wrapped": bytes(60)}, {"generation": 2}, {"kind": Kind.TYPED}, {"wrapped": b""}]
)
def test_a_lock_that_was_changed_is_noticed_with_the_right_words(change):
    with pytest.raises(Tampered, match="the lock"):
        unlock(replace(LOCK, **change), WORDS)


def test_a_new_lock_keeps_the_data_key_under_other_words():
    again = lock_with(OTHERS, Kind.TYPED, unlock(LOCK, WORDS), QUICK)
    assert unlock(again, OTHERS) == DATA
    assert again.salt != LOCK.salt


def test_the_next_data_key_is_another_one():
    after = next_key(DATA)
    assert (after.generation, after.key == DATA.key) == (2, False)


@pytest.mark.parametrize(
    "numbers", [(7, 1, 1), (8, 0, 1), (8, 1, 0), (8, 1, 2), (2**22, 1, 1), (8, 101, 1), (-1, 1, 1)]
)
def test_a_price_that_the_desk_never_asks_is_refused(numbers):
    with pytest.raises(Tampered):
        stretch_of(*numbers)


def test_without_the_memory_for_it_the_vault_stays_shut(monkeypatch):
    class Starved:
        def __init__(self, **_):
            pass

        def derive(self, _):
            raise MemoryError

    monkeypatch.setattr("bot.vault.stretching.Argon2id", Starved)
    with pytest.raises(VaultLocked, match="64 MiB"):
        stretched(WORDS, bytes(16), USUAL)


def test_nothing_of_it_shows_its_key():
    shown = f"{DATA!r} {LOCK!r} {stretched(WORDS, LOCK.salt, QUICK)!r}"
    for raw in (DATA.key.raw, WORDS.reveal().encode()):
        assert repr(raw) not in shown
        assert raw.hex() not in shown
