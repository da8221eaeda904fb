"""An answer is read quickly, whatever it is: its reader sits in the desk's own loop."""

from itertools import product
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.prompt.parsing import DEEPEST, LONGEST, Faults, read_object

UNITS = ("[", "[]", "][", '["a",', '"', "[}", "{", '{"a":', "\\", "[[]],")


def faults(text):
    found = read_object(text, ("a", "schema_version"), "1")
    assert isinstance(found, Faults)
    return found.found[0]


@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_twelve_levels_are_read_and_a_thirteenth_is_not(pair):
    opened, closed = '{"a":' if pair == "{}" else "[", pair[1]
    text = "[1, 2]" if pair == "[]" else "1"
    for levels in (DEEPEST - 1, DEEPEST):
        deep = levels + (pair == "[]") > DEEPEST
        assert ("nested" in faults(opened * levels + text + closed * levels)) is deep
    assert "nested" in faults(opened * (DEEPEST + 1) + text + closed * (DEEPEST + 1))


@given(st.lists(st.sampled_from(["[{", "{[", '"[[[[[[[[[[[[[[["', '"\\"[["']), max_size=5))
def test_brackets_inside_of_texts_are_no_levels(parts):
    assert "nested" not in faults("".join(parts))


def test_ten_times_as_much_of_anything_takes_about_ten_times_as_long():
    """A square would take a hundred times, and keep the desk busy."""
    for unit in UNITS:
        long, short = (unit * (length // len(unit)) for length in (LONGEST, LONGEST // 10))
        assert _took(long) < 40 * _took(short), unit


def _took(text):
    """The quickest of several times."""

    def once():
        began = thread_time()
        read_object(text, ("a", "schema_version"), "1")
        return thread_time() - began

    return min(once() for _ in range(5))


@given(st.sampled_from(list(product(UNITS, UNITS))), st.integers(1, 3_000))
def test_any_heap_of_brackets_is_a_fault_and_never_an_error(units, times):
    faults("".join(units) * times)
