"""Answers as a model might give them, good and bad."""

import json

from hypothesis import strategies as st

from core.prompt import Sheet


def entry(symbol="SYM_A", **parts):
    """What a sober voice says about one symbol."""
    said = {
        "symbol": symbol,
        "abstain": False,
        "abstain_reason": None,
        "p_up": 0.54,
        "p_long_target_first": 0.31,
        "p_short_target_first": 0.26,
        "invalidation": {"kind": "price_below", "level": -120},
        "evidence": ["rsi", "funding"],
        "counter_evidence": ["rsi_long"],
        "doubts": [],
        "rationale": "The trend is up on every frame.",
    }
    return said | parts


def silent(symbol="SYM_A", reason="no_edge", **parts):
    nothing = dict.fromkeys(("p_up", "p_long_target_first", "p_short_target_first"))
    return entry(symbol, abstain=True, abstain_reason=reason, **nothing) | parts


def answer(*entries, version="1", key="opinions", **more):
    return json.dumps({"schema_version": version, key: list(entries), **more})


def sober(sheet: Sheet) -> str:
    return answer(*(entry(row.alias) for row in sheet.shown))


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["SYM_A", "SYM_B", "rsi", "no_edge", "veto", "0.5", "1", "price_below"])
)
JUNK = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)


def mangled(good: dict[str, object]):
    """The same object with anything at all in some of its places."""
    return st.fixed_dictionaries({}, optional={k: JUNK | st.just(v) for k, v in good.items()})
