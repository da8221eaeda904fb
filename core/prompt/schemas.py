"""What an answer must look like, as plain JSON Schema that every provider can enforce.

Every field is required and nothing else is allowed. Bounds are left out, because providers refuse
them or turn them into prose; the readers of answers check them. No schema knows a size, a leverage
or an order.
"""

from collections.abc import Iterable, Mapping

from core.domain.opinion import Doubt, InvalidationKind, Silence

Schema = dict[str, object]
VERSION = "1"
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
