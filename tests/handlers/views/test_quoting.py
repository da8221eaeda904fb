"""What a model or a stranger has written stays words, in Telegram too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.telegram.formatting import parsed
from handlers.views.quoting import JOINER, quoted

TAPPED = (
    "Send /panic now",
    "(/approve)",
    "https://evil.example/claim",
    "tg://resolve?domain=evil",
    "t.me/evil_desk",
    "visit 203.0.113.7 today",
    "ask @support_desk",
    "mail help@evil.example",
    "#free $BTC",
)


@pytest.mark.parametrize("text", TAPPED)
def test_nothing_in_it_can_be_tapped(text):
    shown = parsed(quoted(text), "HTML", None)
    assert shown.entities == ()
    assert shown.text.replace(JOINER, "") == text
    assert JOINER in shown.text


@pytest.mark.parametrize(
    "text",
    [
        "Up 0.5 %, funding -0.4 bp. RSI (14) at 61.2; no trend.",
        "상승 추세. 4시간 저항",
        "3 / 4 … 5:30",
    ],
)
def test_plain_sentences_stay_as_they_are(text):
    assert quoted(text) == text


@given(st.text(alphabet="<>&\"'/bia@#.:= ", max_size=40))
def test_no_text_becomes_markup(text):
    assert parsed(f"<i>x{quoted(text)}x</i>", "HTML", None).text.replace(JOINER, "") == f"x{text}x"
