"""The turns of a talk with a model: the question, and the one second chance."""

import re
from typing import Any

from core.domain.model import Prompt, Repair

MOST_FAULTS = 20
AGAIN = (
    "That answer could not be used:\n{faults}\n"
    "Give the whole answer again, corrected and in the same form, with nothing around it."
)


def turns(prompt: Prompt, repair: Repair | None) -> list[Any]:
    """As every provider takes them; the system's part goes elsewhere."""
    asked = {"role": "user", "content": prompt.user}
    if repair is None:
        return [asked]
    faults = "\n".join(f"- {fault}" for fault in repair.faults[:MOST_FAULTS])
    said = {"role": "assistant", "content": repair.said.strip() or "(nothing)"}
    return [asked, said, {"role": "user", "content": AGAIN.format(faults=faults)}]


def schema_name(prompt: Prompt) -> str:
    """Letters that every provider allows."""
    return re.sub(r"[^a-zA-Z0-9_]", "_", f"{prompt.kind}_{prompt.schema_version}")[:64]
