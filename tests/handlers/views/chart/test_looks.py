"""What a chart shows, written behind a button and read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.chart.looks import USUAL, Looks, Overlay, Study, looks

ANY = st.builds(
    Looks, st.frozensets(st.sampled_from(Overlay)), st.none() | st.sampled_from(list(Study))
)


@given(ANY)
def test_what_is_written_reads_the_same(shown):
    assert looks(str(shown)) == shown


@given(ANY, st.sampled_from(Overlay), st.sampled_from(list(Study)))
def test_two_taps_on_the_same_button_change_nothing(shown, overlay, study):
    assert shown.turned(overlay).turned(overlay) == shown
    assert shown.below(study).below(study).study in {None, study}


@given(st.text(max_size=40))
def test_whatever_was_kept_reads_as_something(text):
    assert isinstance(looks(text), Looks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ema,volume,rsi", USUAL),
        ("", Looks(frozenset(), None)),
        ("ichimoku,vwap", Looks(frozenset({Overlay.VWAP}), None)),
    ],
)
def test_words_that_are_no_longer_known_are_passed_over(text, expected):
    assert looks(text) == expected
