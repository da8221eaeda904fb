"""What an answer must look like, as plain JSON Schema that every provider can enforce.

Every field is required and nothing else is allowed. Bounds are left out, because providers refuse
them or turn them into prose; the readers of answers check them. No schema knows a size, a leverage
or an order.
"""

from collections.abc import Iterable, Mapping

from core.domain.objection import Ground
from core.domain.opinion import Doubt, InvalidationKind, Silence
from core.domain.tiding import Direction, TidingKind

Schema = dict[str, object]
VERSION = "1"
VERDICTS = ("approve", "reduce", "veto")
MULTIPLIERS = ("1", "0.5", "0.25", "0")
GROUNDS = tuple(g for g in Ground if g not in {Ground.NO_ANSWER, Ground.ADVERSE_NEWS})
MATERIALITIES = ("0", "1", "2", "3")
CASH = "CASH"
STEPS = tuple(str(percent) for percent in range(0, 101, 5))
REASONS = (Silence.NO_EDGE, Silence.CONFLICT, Silence.DATA_GAP, Silence.OUT_OF_SCOPE)

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
YES_OR_NO: Schema = {"type": "boolean"}


def one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def record(fields: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(fields),
        "additionalProperties": False,
    }


def versioned(fields: Mapping[str, Schema]) -> Schema:
    """A whole answer."""
    return record({"schema_version": one_of((VERSION,)), **fields})


def objection_schema(aliases: Iterable[str]) -> Schema:
    """The multiplier can only take away: it is one of four words."""
    objection: Mapping[str, Schema] = {
        "symbol": one_of(aliases),
        "verdict": one_of(VERDICTS),
        "size_mult": one_of(MULTIPLIERS),
        "reasons": many(one_of(GROUNDS)),
        "p_target_first": or_null(NUMBER),
        "note": TEXT,
    }
    return versioned({"objections": many(record(objection))})


def tiding_schema(coins: Iterable[str]) -> Schema:
    tiding: Mapping[str, Schema] = {
        "coins": many(one_of(coins)),
        "event_type": one_of(TidingKind),
        "direction": one_of(Direction),
        "materiality": one_of(MATERIALITIES),
        "published_at": or_null(TEXT),
        "source_idx": many({"type": "integer"}),
        "fact": TEXT,
    }
    return versioned({"items": many(record(tiding))})


def balance_schema(aliases: Iterable[str]) -> Schema:
    weight = record({"symbol": one_of((*aliases, CASH)), "percent": one_of(STEPS)})
    return versioned({"weights": many(weight), "rationale": TEXT})


def opinion_schema(aliases: Iterable[str], features: Iterable[str]) -> Schema:
    ids = many(one_of(features))
    invalidation = record({"kind": one_of(InvalidationKind), "level": NUMBER})
    opinion: Mapping[str, Schema] = {
        "symbol": one_of(aliases),
        "abstain": YES_OR_NO,
        "abstain_reason": or_null(one_of(REASONS)),
        "p_up": or_null(NUMBER),
        "p_long_target_first": or_null(NUMBER),
        "p_short_target_first": or_null(NUMBER),
        "invalidation": or_null(invalidation),
        "evidence": ids,
        "counter_evidence": ids,
        "doubts": many(one_of(Doubt)),
        "rationale": TEXT,
    }
    return versioned({"opinions": many(record(opinion))})
