"""Which models the desk may ask, who serves them, and who does what in each profile."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.errors import WrongSetting
from core.domain.model import Model, PromptKind


class Kind(StrEnum):
    """How a provider is spoken to."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    PERPLEXITY = "perplexity"
    COMPATIBLE = "openai-compatible"


class Form(StrEnum):
    """How far a server of one's own understands what form an answer must have."""

    SCHEMA = "schema"
    JSON = "json"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Provider:
    """Who serves models. `key_env` names the variable of its key; empty: none is needed."""

    name: str
    kind: Kind
    base_url: str = ""
    key_env: str = ""
    form: Form = Form.SCHEMA


@dataclass(frozen=True, slots=True)
class Voice:
    """A model in a part: what it is asked for, and how often it may search."""

    model: Model
    kind: PromptKind
    searches: int = 0

    @property
    def name(self) -> str:
        return self.model.name


May = Callable[[Voice], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who forecasts, verifies, reads news and talks. `main` names the voice that is a quorum by
    itself, `cheaper` the profile that steps in when most of the budget is spent.
    """

    name: str
    voices: tuple[Voice, ...] = ()
    verifier: Voice | None = None
    news: Voice | None = None
    chat: Voice | None = None
    balance: Voice | None = None
    main: str = ""
    cheaper: str = ""

    @property
    def everyone(self) -> tuple[Voice, ...]:
        others = (self.verifier, self.news, self.chat, self.balance)
        return (*self.voices, *(voice for voice in others if voice))


@dataclass(frozen=True, slots=True)
class Usable:
    """What is left of a profile, and the providers that it lacks."""

    profile: Profile
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the models' file says; `as_of` is the day of its prices."""

    as_of: date
    providers: Mapping[str, Provider]
    models: Mapping[str, Model]
    fallbacks: Mapping[str, tuple[str, ...]]
    profiles: Mapping[str, Profile]

    def profile(self, name: str) -> Profile:
        """Raises WrongSetting."""
        if name not in self.profiles:
            known = ", ".join(self.profiles)
            raise WrongSetting(f"MODEL_PROFILE: {name} is not known here; there is {known}")
        return self.profiles[name]

    def usable(self, name: str, providers: Collection[str]) -> Usable:
        """A profile with only those whose provider can be asked. Raises WrongSetting."""
        whole = self.profile(name)
        left = with_only(whole, lambda voice: voice.model.provider in providers)
        wanted = dict.fromkeys(voice.model.provider for voice in whole.everyone)
        return Usable(left, tuple(name for name in wanted if name not in providers))


def with_only(profile: Profile, may: May) -> Profile:
    """Without those who may not. The first voice left is the main one if that has gone, and does
    the talking for those who are missing.
    """
    voices = tuple(voice for voice in profile.voices if may(voice))
    main = _main(profile, voices)
    return replace(
        profile,
        voices=voices,
        main=main.name if main else "",
        verifier=_kept(profile.verifier, may),
        news=_kept(profile.news, may),
        chat=_kept(profile.chat, may) or _instead(profile.chat, main),
        balance=_kept(profile.balance, may) or _instead(profile.balance, main),
    )


def _main(profile: Profile, voices: tuple[Voice, ...]) -> Voice | None:
    named = (voice for voice in voices if voice.name == profile.main)
    return next(named, voices[0] if voices else None)


def _kept(voice: Voice | None, may: May) -> Voice | None:
    return voice if voice and may(voice) else None


def _instead(absent: Voice | None, main: Voice | None) -> Voice | None:
    return replace(absent, model=main.model) if absent and main else None
