"""Answers of a usual length to each of the desk's questions, so that they can be counted."""

import json
from collections.abc import Sequence

from core.domain.people import Language
from core.prompt import SCHEMA_VERSION, Sheet

SENTENCE = {
    Language.EN: (
        "Momentum fades above the upper band while funding stays crowded; a close back inside the"
        " range within a few hours is more likely than another leg up, but the day's trend holds."
    ),
    Language.KO: (
        "상단 밴드 위에서 모멘텀이 둔해지고 펀딩은 여전히 롱 쪽으로 쏠려 있습니다. 몇 시간 안에 박스권으로 되돌아올"
        " 가능성이 한 번 더 오를 가능성보다 높지만 일봉 추세는 살아 있습니다."
    ),
}


def opinions(sheet: Sheet, language: Language) -> str:
    entries = [
        {
            "symbol": row.alias,
            "abstain": False,
            "abstain_reason": None,
            "p_up": 0.53,
            "p_long_target_first": 0.41,
            "p_short_target_first": 0.37,
            "invalidation": {"kind": "price_below", "level": -140},
            "evidence": list(row.known)[:4],
            "counter_evidence": list(row.known)[4:6],
            "doubts": [],
            "rationale": SENTENCE[language],
        }
        for row in sheet.shown
    ]
    return _said("opinions", entries)


def objections(sheet: Sheet, language: Language, cases: int) -> str:
    entries = [
        {
            "symbol": row.alias,
            "verdict": "reduce",
            "size_mult": "0.5",
            "reasons": ["crowded_funding", "poor_reward"],
            "p_target_first": 0.39,
            "note": SENTENCE[language],
        }
        for row in sheet.shown[:cases]
    ]
    return _said("objections", entries)


def tidings(coins: Sequence[str], language: Language, items: int) -> str:
    entries = [
        {
            "coins": [coins[number % len(coins)]],
            "event_type": "regulation",
            "direction": "unclear",
            "materiality": "1",
            "published_at": "2026-01-01T08:30:00Z",
            "source_idx": [number, number + 1],
            "fact": SENTENCE[language],
        }
        for number in range(items)
    ]
    return _said("items", entries)


def _said(key: str, entries: object) -> str:
    whole = {"schema_version": SCHEMA_VERSION, key: entries}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
