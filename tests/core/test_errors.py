"""What a refusal carries to the place where it becomes words."""

from core import errors
from core.errors import BadArgument, DeskError

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type)]
NAMED = [kind for kind in KINDS if kind is not DeskError]


def test_every_error_is_the_desks_and_drawn_in_the_tree():
    assert all(issubclass(kind, DeskError) for kind in KINDS)
    assert all(f"─ {kind.__name__} " in str(errors.__doc__) for kind in NAMED)


def test_every_error_has_a_key_of_its_own():
    assert len({kind.code for kind in NAMED}) == len(NAMED)


def test_a_bad_argument_says_how_to_type_it_and_what_was_typed():
    error = BadArgument("usage.analyze", text="BTCC")
    assert (error.usage, error.code) == ("usage.analyze", "error.bad_argument")
    assert (error.numbers, str(error)) == ({"text": "BTCC"}, "text BTCC")
