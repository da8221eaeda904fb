"""Language models as the desk knows them: what one is asked, what it answers, and what that costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

MILLION = Decimal(1_000_000)


class PromptKind(StrEnum):
    """What a model is asked for. Market and indicators ask the same question of other tables."""

    MARKET = "market"
    INDICATORS = "indicators"
    RISK = "risk"
    NEWS = "news"
    BALANCE = "balance"
    CHAT = "chat"


class Effort(StrEnum):
    """How long a model may think; providers that know other words get the nearest."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens as the provider counted them. `input` is what was neither read from nor written to a
    cache, `reasoning` is a part of `output`; `billed` is the provider's own sum, where it tells one.
    """

    input: int = 0
    cached: int = 0
    cache_write: int = 0
    output: int = 0
    reasoning: int = 0
    searches: int = 0
    billed: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """US dollars for a million tokens, and for one search."""

    input: Decimal
    output: Decimal
    cached: Decimal
    cache_write: Decimal
    search: Decimal = Decimal(0)

    def of(self, usage: Usage) -> Decimal:
        """What a call cost, in US dollars."""
        if usage.billed is not None:
            return usage.billed
        tokens = (
            usage.input * self.input
            + usage.cached * self.cached
            + usage.cache_write * self.cache_write
            + usage.output * self.output
        )
        return tokens / MILLION + usage.searches * self.search


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that may be asked: whose it is, what it knows and costs.

    `provider` names who serves it, `name` is free text. `max_output` caps what one answer may
    cost (reasoning is part of it). `cutoff` is the last day it may know of, `shutdown` its last
    day; None where nobody says.
    """

    provider: str
    name: str
    price: Price
    effort: Effort = Effort.LOW
    max_output: int = 8_000
    cutoff: date | None = None
    shutdown: date | None = None

    def worst(self, input_tokens: int, searches: int = 0) -> Decimal:
        """What a call of this size costs at most, in US dollars."""
        dearest = max(self.price.input, self.price.cache_write)
        tokens = input_tokens * dearest + self.max_output * self.price.output
        return tokens / MILLION + searches * self.price.search


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question, ready to be sent. `system` never changes within a version and names no date.

    `schema` is JSON Schema as plain data: every field required, no bounds. `input` is the hash of
    the typed inputs that the user's part was written from. `searches` is how often a model that
    can look things up may do so.
    """

    kind: PromptKind
    version: str
    schema_version: str
    system: str
    user: str
    schema: Mapping[str, object]
    input: str
    searches: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """The one second chance: what the model had said, and what was wrong with it."""

    said: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A page that the provider itself says it has read."""

    url: str
    title: str = ""
    published: str = ""


class Failure(StrEnum):
    """Why there is no answer; each is a key of the locales."""

    REFUSED = "refused"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    INVALID = "invalid"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    OVERLOADED = "overloaded"
    REJECTED = "rejected"
    FORBIDDEN = "forbidden"
    UNPAID = "unpaid"
    LATE = "late"
    BUDGET = "budget"
    RESTING = "resting"
    RETIRED = "retired"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer as it came. `model` is who really answered; `sources` come from the provider, never
    from the text.
    """

    text: str
    usage: Usage
    model: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """No answer, and why; `usage` where the provider charged for it all the same."""

    failure: Failure
    detail: str = ""
    usage: Usage = field(default_factory=Usage)


Reply = Said | Unsaid


class CallStatus(StrEnum):
    """A call is reserved before it is sent and settled after; late ones answered too late to count."""

    RESERVED = "reserved"
    ANSWERED = "answered"
    FAILED = "failed"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One paid question. `as_of` and `symbols` say what it was about; money in US dollars."""

    id: str
    at: datetime
    as_of: datetime
    symbols: tuple[str, ...]
    kind: PromptKind
    provider: str
    model: str
    reserved: Decimal
    status: CallStatus = CallStatus.RESERVED
    cost: Decimal = Decimal(0)
    usage: Usage = field(default_factory=Usage)
    failure: Failure | None = None
    settled_at: datetime | None = None

    @property
    def counts(self) -> Decimal:
        """What it takes of a cap: the worst case until it is settled."""
        return self.reserved if self.status is CallStatus.RESERVED else self.cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and its answer, kept so that it can be heard again without being asked."""

    key: str
    call: str
    at: datetime
    provider: str
    model: str
    prompt: Prompt
    reply: Reply


def exchange_key(provider: str, model: str, prompt: Prompt, turn: int = 0) -> str:
    """Under what an exchange is found again; `turn` 1 is the repair."""
    parts = (provider, model, prompt.kind, prompt.version, prompt.schema_version, prompt.input)
    return "|".join((*parts, str(turn)))
