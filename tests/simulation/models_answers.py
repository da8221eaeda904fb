"""What a model that means harm, or has lost its mind, may answer: drawn from dice, kind by kind."""

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from core.domain.model import Prompt, PromptKind
from tests.simulation.models_words import INJECTIONS

Dice = Random
NUMBERS = (0, 1, 0.5, -1, 2, 1e308, -1e308, 1e-308, 0.02, 0.98, 0.999999, 10**400, True, None)
RAW = ("NaN", "Infinity", "-Infinity", "1e999", "-0", "0x1f", "1_000", '"0.9"', "9" * 5_000)
LISTS = {
    PromptKind.MARKET: "opinions",
    PromptKind.INDICATORS: "opinions",
    PromptKind.RISK: "objections",
    PromptKind.NEWS: "items",
    PromptKind.BALANCE: "weights",
}
EXTRA: dict[str, Any] = {
    "size": 100,
    "leverage": 125,
    "order_type": "market",
    "action": "BUY",
    "stop_loss": None,
    "symbol_override": "DOGE/USDT:USDT",
}
HUGE = "A" * 10_000_000


def names_in(prompt: Prompt) -> list[str]:
    """The symbols or coins that the schema allows."""
    whole: Any = prompt.schema
    fields = whole["properties"][LISTS[prompt.kind]]["items"]["properties"]
    listed = fields["coins"]["items"] if prompt.kind is PromptKind.NEWS else fields["symbol"]
    return list(listed["enum"])


def words(dice: Dice) -> str:
    return dice.choice(INJECTIONS)


def good(dice: Dice, prompt: Prompt) -> dict[str, Any]:
    """As asked, down to the last field; what is said in it may be anything."""
    entries = [entry(dice, prompt.kind, name) for name in names_in(prompt)]
    whole: dict[str, Any] = {"schema_version": "1", LISTS[prompt.kind]: entries}
    if prompt.kind is PromptKind.BALANCE:
        whole["rationale"] = words(dice)
    return whole


def entry(dice: Dice, kind: PromptKind, name: str) -> dict[str, Any]:
    if kind is PromptKind.RISK:
        return objection(dice, name)
    if kind is PromptKind.NEWS:
        return item(dice, name)
    if kind is PromptKind.BALANCE:
        return {"symbol": name, "percent": dice.choice(("0", "50", "100", "-5", "500"))}
    return opinion(dice, name, dice.random() < 0.5)


def opinion(dice: Dice, name: str, long: bool) -> dict[str, Any]:
    """A strong view, far beyond what anybody could know."""
    ahead, behind = dice.uniform(0.45, 0.9), dice.uniform(0.02, 0.1)
    return {
        "symbol": name,
        "abstain": False,
        "abstain_reason": None,
        "p_up": dice.uniform(0.55, 0.95) if long else dice.uniform(0.05, 0.45),
        "p_long_target_first": ahead if long else behind,
        "p_short_target_first": behind if long else ahead,
        "invalidation": {"kind": "price_below", "level": -50},
        "evidence": ["rsi", "atr", "size", "leverage"],
        "counter_evidence": ["adx"],
        "doubts": ["stop_too_near"],
        "rationale": words(dice),
    }


def objection(dice: Dice, name: str) -> dict[str, Any]:
    return {
        "symbol": name,
        "verdict": dice.choice(("approve", "approve", "reduce", "veto", "enlarge")),
        "size_mult": dice.choice(("1", "1", "0.5", "0.25", "0", "2", "100", "-1", 2, 1e9)),
        "reasons": dice.choice(([], ["event_risk"], ["double_it"], "all", None)),
        "p_target_first": dice.choice((0.4, None, 7, -1, "x")),
        "note": words(dice),
    }


def item(dice: Dice, name: str) -> dict[str, Any]:
    return {
        "coins": dice.choice(([name], [name, "XAU"], ["DOGE"], [], name, [name.lower()])),
        "event_type": dice.choice(("hack", "listing", "liquidation", "delisting", "order")),
        "direction": dice.choice(("up", "down", "unclear", "long")),
        "materiality": dice.choice(("3", "2", "3", "9", 3, "0")),
        "published_at": dice.choice(
            ("2024-01-01T11:00:00Z", None, "9999-12-31", "0001-01-01", "now", "2024-01-01")
        ),
        "source_idx": dice.choice(([0, 1], [0], [], [99, -1], [True], "0", [10**30])),
        "fact": words(dice),
    }


def written(whole: Any) -> str:
    return json.dumps(whole, ensure_ascii=False)


def _strange_numbers(dice: Dice, prompt: Prompt) -> str:
    whole = good(dice, prompt)
    for one in whole[LISTS[prompt.kind]]:
        for key in dice.sample(sorted(one), 2):
            one[key] = dice.choice((*NUMBERS, [], {}, "", [[]], {"a": 1}))
    return written(whole)


def _raw_numbers(dice: Dice, prompt: Prompt) -> str:
    whole = good(dice, prompt)
    for one in whole[LISTS[prompt.kind]]:
        one[dice.choice(sorted(one))] = "@"
    return written(whole).replace('"@"', dice.choice(RAW))


def _twice(dice: Dice, prompt: Prompt) -> str:
    whole = good(dice, prompt)
    listed = whole[LISTS[prompt.kind]]
    listed += [entry(dice, prompt.kind, dice.choice(names_in(prompt))) for _ in range(3)]
    return written(whole)


def _foreign(dice: Dice, prompt: Prompt) -> str:
    whole = good(dice, prompt)
    foreign = ("DOGE/USDT:USDT", "SYM_ZZ", "ВТС/USDT:USDT", "BTC", "*", "", words(dice))
    listed = whole[LISTS[prompt.kind]]
    listed += [entry(dice, prompt.kind, name) for name in foreign]
    dice.shuffle(listed)
    return written(whole)


def _missing(dice: Dice, prompt: Prompt) -> str:
    whole = good(dice, prompt)
    del whole[LISTS[prompt.kind]][dice.randrange(len(names_in(prompt))) :]
    return written(whole)


def _extra_fields(dice: Dice, prompt: Prompt) -> str:
    whole = good(dice, prompt)
    target = dice.choice((whole, *whole[LISTS[prompt.kind]]))
    target |= dict(dice.sample(sorted(EXTRA.items(), key=str), 2))
    return written(whole)


def _deep(dice: Dice, prompt: Prompt) -> str:
    depth = dice.choice((20, 500, 100_000))
    return dice.choice(("[" * depth, '{"a":' * depth, "[" * depth + "]" * depth))


def _keys_twice(dice: Dice, prompt: Prompt) -> str:
    text = written(good(dice, prompt))
    key = dice.choice(("symbol", "p_up", "size_mult", "schema_version", "materiality"))
    return text.replace(f'"{key}":', f'"{key}": "2", "{key}":', 1)


def _huge(dice: Dice, prompt: Prompt) -> str:
    if dice.random() < 0.02:
        return written(good(dice, prompt)).replace('"1"', f'"{HUGE}"', 1)
    whole = good(dice, prompt)
    long = dice.choice(("A", "가", "\u202e", "<b>", "&", "\\")) * dice.choice((300, 5_000, 40_000))
    for one in whole[LISTS[prompt.kind]]:
        one[dice.choice(("rationale", "note", "fact"))] = long
    return written(whole)


def _unicode(dice: Dice, prompt: Prompt) -> str:
    tricks = ("\\ud800", "\\u0000", "\u202e", "\ufeff", "\u2028", "\U000e0041", "ﷺ", "\\u003cb>")
    text = written(good(dice, prompt))
    place = text.find(': "', dice.randrange(len(text))) + 3
    return text[:place] + dice.choice(tricks) * dice.randint(1, 50) + text[place:]


def _fenced(dice: Dice, prompt: Prompt) -> str:
    text = written(good(dice, prompt))
    return dice.choice(
        (
            f"```json\n{text}\n```",
            f"Sure! {text}",
            f"{text}\nHope this helps.",
            f"{text}{text}",
            f"<|im_start|>system{text}",
        )
    )


def _cut(dice: Dice, prompt: Prompt) -> str:
    text = written(good(dice, prompt))
    return text[: dice.randrange(len(text))]


def _bitten(dice: Dice, prompt: Prompt) -> str:
    """A good answer with some characters turned into others."""
    text = list(written(good(dice, prompt)))
    for _ in range(dice.randint(1, 8)):
        text[dice.randrange(len(text))] = dice.choice('{}[]",:0129.-eE\\u<>&/ \ud800가')
    return "".join(text)


def _another_schema(dice: Dice, prompt: Prompt) -> str:
    key = dice.choice([key for key in LISTS.values() if key != LISTS[prompt.kind]])
    return written({"schema_version": "1", key: good(dice, prompt)[LISTS[prompt.kind]]})


def _noise(dice: Dice, prompt: Prompt) -> str:
    signs = '{}[]",:\\ \n\t0123456789.eE+-truefalsn<>&가힣\u200b\u202e\x00\ud83d'
    return "".join(dice.choices(signs, k=dice.randint(0, 400)))


def _prose(dice: Dice, prompt: Prompt) -> str:
    return words(dice)


def _good(dice: Dice, prompt: Prompt) -> str:
    return written(good(dice, prompt))


TRICKS: Sequence[Callable[[Dice, Prompt], str]] = (
    _good,
    _strange_numbers,
    _raw_numbers,
    _twice,
    _foreign,
    _missing,
    _extra_fields,
    _deep,
    _keys_twice,
    _huge,
    _unicode,
    _fenced,
    _cut,
    _bitten,
    _another_schema,
    _noise,
    _prose,
)


def hostile(dice: Dice, prompt: Prompt) -> tuple[str, str]:
    """The trick's name, and the text."""
    trick = dice.choice(TRICKS)
    return trick.__name__.strip("_"), trick(dice, prompt)
