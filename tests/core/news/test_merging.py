"""A story is told once, by the best source that tells it, at the time it was first told."""

from dataclasses import replace
from datetime import timedelta
from functools import reduce
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from core.domain.news import Item, Publisher, Tier
from core.news.facts import fact_of
from core.news.merging import file, keys_of, merged
from tests.builders import NOON

TITLES = ("Bitcoin rises", "Bitcoin falls", "Ether rises")
PAGES = ("", "https://a.b/1", "https://a.b/2", "http://www.a.b/1")


def fact(title=TITLES[0], url=PAGES[1], tier=Tier.NEWSROOM, ago=1, seen=0, source="A", dated=True):
    published = NOON - timedelta(hours=ago) if dated else None
    publisher = Publisher(source, tier)
    return fact_of(Item(title, url, published), publisher, NOON + timedelta(minutes=seen))


FACTS = st.builds(
    fact,
    title=st.sampled_from(TITLES),
    url=st.sampled_from(PAGES),
    tier=st.sampled_from(Tier),
    ago=st.integers(0, 3),
    seen=st.integers(0, 3),
    source=st.sampled_from("AB"),
    dated=st.booleans(),
)


def lives(*rounds):
    """Rounds filed one after the other, as a store would."""
    keys, stored = {}, {}
    for fresh in rounds:
        filing = file(fresh, {k: keys[k] for f in fresh for k in keys_of(f) if k in keys}, stored)
        for lost, heir in filing.gone.items():
            stored.pop(lost, None)
            keys = {key: heir if lead == lost else lead for key, lead in keys.items()}
        keys |= filing.keys
        stored |= filing.kept
    return keys, stored


def test_the_best_tier_speaks_and_the_earliest_time_counts():
    early = fact(tier=Tier.CROWD, ago=3, source="Reddit")
    late = fact(tier=Tier.PRIMARY, ago=1, source="SEC", seen=5)
    whole = merged(early, late)
    assert (whole.source, whole.tier) == ("SEC", Tier.PRIMARY)
    assert (whole.time, whole.seen_at, whole.id) == (early.time, early.seen_at, early.id)


def test_a_stated_date_beats_the_time_of_seeing():
    whole = merged(fact(dated=False), fact(ago=2, seen=5))
    assert (whole.time, whole.dated) == (NOON - timedelta(hours=2), True)


@given(FACTS, FACTS, FACTS)
def test_the_order_of_merging_does_not_matter(one, two, three):
    assert merged(one, two) == merged(two, one)
    assert merged(one, one) == one
    wholes = {reduce(merged, order) for order in permutations((one, two, three))}
    assert len(wholes) == 1


def test_the_same_title_and_the_same_page_are_the_same_story():
    same_title = fact(title="BITCOIN RISES!", url=PAGES[2], source="B")
    same_page = fact(title="A correction", url=PAGES[3], source="C")
    _, stored = lives([fact()], [same_title], [same_page])
    assert len(stored) == 1


def test_a_story_that_joins_two_leaves_one_and_both_lead_to_it():
    one, two = fact(TITLES[0], PAGES[1]), fact(TITLES[1], PAGES[2])
    keys, stored = lives([one], [two], [fact(TITLES[0], PAGES[2])])
    assert set(keys.values()) == set(stored) == {min(one.id, two.id)}
    _, again = lives([one, two, fact(TITLES[0], PAGES[2])], [one], [two])
    assert len(again) == 1


def test_what_has_not_changed_is_not_written_again():
    one = fact()
    later = replace(one, seen_at=NOON + timedelta(minutes=9))
    filing = file([later], dict.fromkeys(keys_of(one), one.id), {one.id: one})
    assert filing.kept == filing.gone == {}


def test_a_story_that_was_forgotten_is_not_new_again():
    one = fact(dated=False)
    filing = file([one], dict.fromkeys(keys_of(one), one.id), {})
    assert filing.kept == {}
    assert filing.keys == dict.fromkeys(keys_of(one), one.id)


@given(st.lists(st.lists(FACTS, max_size=4), max_size=5))
def test_no_two_facts_share_a_title_or_a_page_and_every_key_leads_somewhere(rounds):
    keys, stored = lives(*rounds)
    assert set(keys.values()) <= set(stored)
    spoken = [key for each in stored.values() for key in keys_of(each)]
    assert len(spoken) == len(set(spoken))
    assert {keys[key] for key in spoken} == set(stored)
