"""Only the same key opens a seal, only under the same label, and only if no bit has changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vault.errors import Tampered
from bot.vault.sealing import BYTES, Key

KEY = Key(bytes(range(BYTES)))
PLAIN = b"sk-riddle"
SEALED = KEY.seal(PLAIN, "main|binance|key|1")


@given(plain=st.binary(), label=st.text(st.characters(codec="utf-8")))
def test_whatever_was_sealed_comes_back(plain, label):
    assert KEY.unseal(KEY.seal(plain, label), label) == plain


@given(st.integers(0, len(SEALED) * 8 - 1))
def test_one_flipped_bit_is_noticed(bit):
    changed = bytearray(SEALED)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Tampered, match="damaged"):
        KEY.unseal(bytes(changed), "main|binance|key|1")


@pytest.mark.parametrize("length", range(len(SEALED)))
def test_what_is_cut_off_is_noticed(length):
    with pytest.raises(Tampered):
        KEY.unseal(SEALED[:length], "main|binance|key|1")


@pytest.mark.parametrize(
    "label",
    ["other|binance|key|1", "main|bybit|key|1", "main|binance|secret|1", "main|binance|key|2"],
)
def test_another_label_does_not_open_it(label):
    with pytest.raises(Tampered):
        KEY.unseal(SEALED, label)


def test_another_key_does_not_open_it():
    with pytest.raises(Tampered):
        Key.fresh().unseal(SEALED, "main|binance|key|1")


def test_the_same_words_are_never_sealed_alike():
    assert len({KEY.seal(PLAIN, "label") for _ in range(100)}) == 100


def test_a_key_is_not_printed():
    assert str(KEY) == repr(KEY) == "Key()"
