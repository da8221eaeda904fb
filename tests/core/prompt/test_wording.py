"""Words that may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.people import Language
from core.prompt import plain, speaks


@given(st.text(max_size=600), st.integers(2, 300))
def test_words_are_one_printable_line_no_longer_than_allowed(text, longest):
    shown = plain(text, longest)
    assert len(shown) <= longest
    assert shown == "" or shown.isprintable()
    assert shown == shown.strip()


def test_what_is_clean_stays_as_it_is():
    assert plain("추세가 위를 향합니다. RSI 55.", 280) == "추세가 위를 향합니다. RSI 55."


@pytest.mark.parametrize(
    ("text", "language", "is_spoken"),
    [
        ("RSI가 높고 추세가 강합니다.", Language.KO, True),
        ("The trend is strong.", Language.KO, False),
        ("The trend is strong.", Language.EN, True),
        ("RSI가 높고 추세가 강합니다.", Language.EN, False),
        ("趋势很强", Language.EN, False),
        ("趋势很强", Language.KO, False),
        ("55 > 50", Language.KO, True),
        ("", Language.EN, True),
    ],
)
def test_a_language_is_known_by_its_letters(text, language, is_spoken):
    assert speaks(text, language) is is_spoken
