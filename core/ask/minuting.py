"""A turn of a talk as the minutes keep it: all that was sent, and all that came back."""

import hashlib
import json
from collections.abc import Sequence

from core.domain.model import Call, Exchange, Prompt, PromptKind, Reply, Said, exchange_key
from core.domain.talk import Answered, Asked, Found, Talk, Turn, Wanted

SHORT = 16


def exchange_of(call: Call, talk: Talk, reply: Reply) -> Exchange:
    prompt = prompt_of(talk)
    return Exchange(
        key=exchange_key(call.provider, call.model, prompt),
        call=call.id,
        at=call.at,
        provider=call.provider,
        model=call.model,
        prompt=prompt,
        reply=reply,
    )


def prompt_of(talk: Talk) -> Prompt:
    """The tools stand where other prompts have the form of their answer."""
    user = "\n\n".join(map(_line, talk.turns))
    return Prompt(
        kind=PromptKind.CHAT,
        version=talk.version,
        schema_version=talk.version,
        system=talk.system,
        user=user,
        schema={tool.name: [tool.description, dict(tool.schema)] for tool in talk.tools},
        input=hashlib.sha256(user.encode()).hexdigest()[:SHORT],
    )


def with_calls(said: Said, wanted: Sequence[Wanted]) -> str:
    """The words, and below them what was wanted."""
    return "\n".join((said.text, *map(_called, wanted)))


def _line(turn: Turn) -> str:
    match turn:
        case Asked():
            return f"person: {turn.text}"
        case Found():
            return f"found {turn.id}: {turn.text}"
        case Answered():
            return "\n".join((f"model: {turn.text}", *map(_called, turn.wanted)))


def _called(one: Wanted) -> str:
    return f"calls {json.dumps([one.id, one.tool, one.arguments], ensure_ascii=False)}"
