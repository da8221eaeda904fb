"""What a language brings along beside its words."""

from core.domain.people import Language


def test_koreans_count_in_myriads_and_others_in_thousands():
    assert Language.KO.won_units == (("huge", 100_000_000), ("large", 10_000))
    assert Language.EN.won_units == (("huge", 1_000_000), ("large", 1_000))
