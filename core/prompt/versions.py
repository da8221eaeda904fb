"""Which wording of each prompt this is: answers to another wording are other answers."""

from collections.abc import Mapping
from types import MappingProxyType

from core.domain.model import PromptKind

PROMPT_VERSIONS: Mapping[PromptKind, str] = MappingProxyType(
    {
        PromptKind.MARKET: "1",
        PromptKind.INDICATORS: "1",
        PromptKind.RISK: "1",
        PromptKind.NEWS: "1",
        PromptKind.BALANCE: "1",
        PromptKind.CHAT: "1",
    }
)
