"""Models for backtests: how they read a prompt and what they say, without anybody's server."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.analysts.catalogue import Voice
from core.domain.model import Model, Price, Prompt, PromptKind, Repair, Reply, Said, Usage
from tests.core.prompt.answers import answer, entry

ALIAS = re.compile(r"^(\S+): horizon", re.MULTILINE)
PRICE = Price(input=Decimal(1), output=Decimal(5), cached=Decimal(0), cache_write=Decimal(1))
USED = Usage(input=6_000, output=800)
COST = PRICE.of(USED)


def likes_everything(name: str, features: dict[str, float]) -> dict[str, object]:
    return entry(name, p_up=0.7, p_long_target_first=0.6, p_short_target_first=0.2)


def sides(name: str, p_up: float) -> dict[str, object]:
    """Lets only the direction vary."""
    return entry(name, p_up=p_up, p_long_target_first=0.3, p_short_target_first=0.3)


@dataclass
class Reader:
    """An oracle that says about each symbol what `says` makes of its name and features."""

    says: Callable[[str, dict[str, float]], dict[str, object]] = likes_everything
    asked: list[Prompt] = field(default_factory=list)
    instead: Reply | None = None

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        self.asked.append(prompt)
        if self.instead:
            return self.instead
        entries = [self.says(name, shown) for name, shown in told(prompt).items()]
        return Said(text=answer(*entries), usage=USED, model="it")


def told(prompt: Prompt) -> dict[str, dict[str, float]]:
    """What of each symbol could be seen."""
    names = ALIAS.findall(prompt.user)
    lines = [line for line in prompt.user.splitlines() if line.startswith("features: ")]
    return dict(zip(names, map(_features, lines), strict=True))


def _features(line: str) -> dict[str, float]:
    pairs = (word.split("=") for word in line.removeprefix("features: ").split())
    return {name: float(value) for name, value in pairs}


def voice(name="gpt-6.1-terra", provider="openai", cutoff=date(2025, 6, 1), **changes) -> Voice:
    told = {"price": PRICE, "max_output": 1_000, "cutoff": cutoff} | changes
    return Voice(Model(provider=provider, name=name, **told), PromptKind.MARKET)
