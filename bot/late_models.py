"""Lets aiogram's four hundred models wait until they are used, so that the process starts sooner.

aiogram rebuilds all its pydantic models while it is imported: most of its start-up, and 100 MB.
Here their forward references are read at once (20 ms), as aiogram would, and each validator is
left to pydantic, which builds a deferred model on its first use. This leans on pydantic's
inside, so any version it was not tried with is imported in the ordinary way.
"""

import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pydantic import BaseModel, ConfigDict

try:
    from pydantic._internal._config import ConfigWrapper
    from pydantic._internal._fields import rebuild_model_fields
    from pydantic._internal._mock_val_ser import MockValSer
    from pydantic._internal._namespace_utils import NsResolver
except ImportError:
    KNOWN_INSIDE = False
else:
    KNOWN_INSIDE = True

logger = logging.getLogger(__name__)

TRIED = {"aiogram": "3.31", "pydantic": "2.13"}

# What a chat bot uses first; the inner models before the outer, which then reuse them.
TYPES = ("User", "Chat", "Message", "CallbackQuery", "Update")
KEYBOARD = ("InlineKeyboardButton", "InlineKeyboardMarkup", "InputMediaPhoto", "BotCommand")
METHODS = (
    "GetMe",
    "GetUpdates",
    "DeleteWebhook",
    "SetMyCommands",
    "SendMessage",
    "SendPhoto",
    "SendDocument",
    "SendChatAction",
    "EditMessageText",
    "EditMessageCaption",
    "EditMessageMedia",
    "EditMessageReplyMarkup",
    "DeleteMessage",
    "AnswerCallbackQuery",
)


AT_FIRST = ("GetUpdates", "SendMessage")


class LateSerializer:
    """Builds a model when one of its instances is asked for its serializer.

    pydantic-core reads the serializer off an instance without looking whether it is only a
    stand-in, and then fails; an instance whose class was built inside another has just that.
    """

    def __init__(self, stand_in: "MockValSer[Any]") -> None:
        self.stand_in = stand_in

    def __get__(self, instance: BaseModel | None, owner: type[BaseModel]) -> object:
        return self.stand_in if instance is None else self.stand_in.rebuild()


def import_aiogram() -> None:
    """Import aiogram with its models deferred. Call it before anything else imports aiogram."""
    if "aiogram" in sys.modules:
        logger.debug("aiogram is imported already, its models stay as they are")
    elif not _tried():
        import_module("aiogram")
    else:
        with _deferred() as references:
            import_module("aiogram")
        for model, names in references.items():
            _read_references(model, names)
        _let_wait()


def warm_up(names: Sequence[str] = METHODS) -> tuple[type[BaseModel], ...]:
    """Build what a chat bot uses first. Keep the answer: pydantic forgets unheld `Response[T]`.

    Call it from the thread that serves only, since pydantic rebuilds without a lock.
    """
    types, methods = import_module("aiogram.types"), import_module("aiogram.methods")
    asked = [getattr(methods, name) for name in names]
    models = [getattr(types, name) for name in (*TYPES, *KEYBOARD)] + asked
    for model in models:
        model.model_rebuild()
    return (*models, *(methods.Response[method.__returning__] for method in asked))


def _tried() -> bool:
    try:
        found = {name: version(name) for name in TRIED}
    except PackageNotFoundError as missing:
        logger.debug("models are not deferred: %s", missing)
        return False
    tried = all(found[name].startswith(f"{prefix}.") for name, prefix in TRIED.items())
    if not (tried and KNOWN_INSIDE):
        logger.debug("models are not deferred: tried with %s, found %s", TRIED, found)
    return tried and KNOWN_INSIDE


@contextmanager
def _deferred() -> Iterator[dict[type[BaseModel], Mapping[str, object]]]:
    """Put rebuilding off, and collect which models asked for it with which names."""
    references: dict[type[BaseModel], Mapping[str, object]] = {}
    ordinary = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined]

    def put_off(
        model: type[BaseModel],
        /,
        *,
        _types_namespace: Mapping[str, object] | None = None,
        **options: object,
    ) -> object:
        if not _types_namespace:
            return ordinary(model, _types_namespace=_types_namespace, **options)
        references[model] = _types_namespace
        return None

    with (
        _replaced(BaseModel, "model_rebuild", classmethod(put_off)),
        _replaced(BaseModel, "model_config", ConfigDict(defer_build=True)),
    ):
        yield references


@contextmanager
def _replaced(owner: type, name: str, value: object) -> Iterator[None]:
    kept = vars(owner)[name]
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, kept)


def _read_references(model: type[BaseModel], names: Mapping[str, object]) -> None:
    if not model.__pydantic_fields_complete__:
        model.__pydantic_fields__, model.__pydantic_extra_info__ = rebuild_model_fields(
            model,
            config_wrapper=ConfigWrapper(model.model_config, check=False),
            ns_resolver=NsResolver(parent_namespace=names),
            typevars_map={},
        )


def _let_wait() -> None:
    """Give every unbuilt model its late serializer, and take back what only the import needed."""
    deferring = import_module("aiogram.types").TelegramObject
    for model in dict.fromkeys(_descendants(BaseModel)):
        if not model.__module__.startswith("aiogram."):
            continue
        if not issubclass(model, deferring):
            model.model_config.pop("defer_build", None)
        stand_in = vars(model)["__pydantic_serializer__"]
        if isinstance(stand_in, MockValSer):
            model.__pydantic_serializer__ = LateSerializer(stand_in)  # type: ignore[assignment]


def _descendants(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for heir in model.__subclasses__():
        yield heir
        yield from _descendants(heir)
