"""What no single entry of the models' file can know: that all of them fit together."""

from collections.abc import Callable, Iterable

from bot.analysts.catalogue import Catalogue, Kind, Profile
from bot.analysts.tables import Wrong
from core.domain.tuning import VOICES

LONGEST_NAME = 100


def must_hold_together(catalogue: Catalogue) -> None:
    """Raises Wrong."""
    for name, model in catalogue.models.items():
        _must_be_a_name(name)
        _must_be_known(f"models.{name}.provider", [model.provider], catalogue.providers)
        fallbacks = catalogue.fallbacks[name]
        _must_be_known(f"models.{name}.fallbacks", fallbacks, catalogue.models)
    _must_end("models.{}.fallbacks", catalogue.models, lambda name: catalogue.fallbacks[name])
    for name, profile in catalogue.profiles.items():
        _must_be_sound(name, profile, catalogue)
    _must_end("profiles.{}.cheaper", catalogue.profiles, lambda name: _cheaper(catalogue, name))


def _must_be_a_name(name: str) -> None:
    """It becomes a voice's name and a part of the keys of recorded answers."""
    if name in VOICES:
        raise Wrong(f"models.{name} is the name of an analyst that needs no model")
    if not name.isprintable() or not name.strip() or "|" in name or len(name) > LONGEST_NAME:
        raise Wrong(f"models.{name!r} is no name: {LONGEST_NAME} letters at most, and no |")


def _must_be_sound(name: str, profile: Profile, catalogue: Catalogue) -> None:
    names = [voice.name for voice in profile.voices]
    for voice in names:
        if names.count(voice) > 1:
            raise Wrong(f"profiles.{name}.voices names {voice} twice: one model is one voice")
    if profile.main and profile.main not in names:
        raise Wrong(f"profiles.{name}.main names {profile.main}, which is none of its voices")
    _must_be_known(f"profiles.{name}.cheaper", _cheaper(catalogue, name), catalogue.profiles)
    news = profile.news
    if news and news.searches and _kind(catalogue, news.model.provider) is not Kind.PERPLEXITY:
        raise Wrong(f"profiles.{name}.news.searches works with perplexity only")


def _kind(catalogue: Catalogue, provider: str) -> Kind:
    return catalogue.providers[provider].kind


def _cheaper(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    cheaper = catalogue.profiles[name].cheaper
    return (cheaper,) if cheaper else ()


def _must_be_known(where: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise Wrong(f"{where} names {name}, which is not there")


def _must_end(where: str, names: Iterable[str], following: Callable[[str], Iterable[str]]) -> None:
    """Whoever follows must not lead back."""
    done: set[str] = set()

    def follow(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = (*path[path.index(name) :], name)
            raise Wrong(f"{where.format(name)} goes in a circle: {' → '.join(circle)}")
        if name not in done:
            for one in following(name):
                follow(one, (*path, name))
            done.add(name)

    for name in names:
        follow(name, ())
