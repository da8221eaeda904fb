"""Deferred or not, aiogram must answer the same, and what was not tried is not deferred."""

import json
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from bot import late_models

ROOT = Path(__file__).parents[2]


class Inner(BaseModel, defer_build=True):
    """Built only inside the outer."""

    value: int


class Outer(BaseModel):
    """What is validated first."""

    inner: Inner


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    """What two fresh interpreters answered: the ordinary import, and the deferred one."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(answers_of_a_fresh_interpreter, ("ordinary", "deferred")))


def answers_of_a_fresh_interpreter(way: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bot.aiogram_answers", way]
    return json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)


def differing(reports: list[dict[str, Any]], part: str) -> dict[str, object]:
    ordinary, deferred = (report[part] for report in reports)
    return {
        name: (ordinary.get(name), deferred.get(name))
        for name in ordinary.keys() | deferred.keys()
        if ordinary.get(name) != deferred.get(name)
    }


def test_every_type_and_method_validates_and_serialises_the_same(reports):
    assert differing(reports, "answers") == {}


def test_most_of_the_samples_are_valid_so_that_the_comparison_means_something(reports):
    answers = [answer for turns in reports[0]["answers"].values() for answer in turns]
    refused = [answer for answer in answers if answer[0] == "refused"]
    assert len(answers) > 1500
    assert len(refused) < len(answers) / 50, refused[:5]


def test_fields_settings_and_signatures_are_the_same(reports):
    assert differing(reports, "inside") == {}


def test_the_schemas_of_all_models_are_the_same_in_both_directions(reports):
    assert differing(reports, "schemas") == {}


def test_a_conversation_goes_the_same(reports):
    ordinary, deferred = (report["talk"] for report in reports)
    assert sum(said[0] == "SendPhoto" for said in ordinary if isinstance(said, list)) == 3
    assert deferred == ordinary


def test_nothing_is_built_while_aiogram_is_imported(reports):
    ordinary, deferred = (report["built"] for report in reports)
    assert len(ordinary) > 550
    assert len(deferred) < 10


def test_what_was_warmed_up_is_built_and_the_rest_waits(reports):
    assert all(built for built in reports[1]["warm"].values())
    assert "Response[list[Update]]" in reports[1]["warm"]


def test_an_instance_built_inside_another_can_be_serialised():
    stand_in = vars(Inner)["__pydantic_serializer__"]
    Inner.__pydantic_serializer__ = late_models.LateSerializer(stand_in)
    inner = Outer(inner={"value": 1}).inner
    assert to_jsonable_python({"whatever": inner}) == {"whatever": {"value": 1}}
    assert not isinstance(vars(Inner)["__pydantic_serializer__"], late_models.LateSerializer)


@pytest.fixture
def imports(monkeypatch) -> list[object]:
    """What was imported, and how models were rebuilt meanwhile."""
    made: list[object] = []
    monkeypatch.delitem(sys.modules, "aiogram", raising=False)
    monkeypatch.setattr(
        late_models,
        "import_module",
        lambda name: made.append((name, BaseModel.model_rebuild)),
    )
    return made


def test_an_untried_version_is_imported_in_the_ordinary_way(monkeypatch, caplog, imports):
    monkeypatch.setitem(late_models.TRIED, "aiogram", "2.25")
    with caplog.at_level(logging.DEBUG):
        late_models.import_aiogram()
    assert imports == [("aiogram", BaseModel.model_rebuild)]
    assert "models are not deferred: tried with {'aiogram': '2.25'" in caplog.text


def test_a_missing_package_is_left_to_the_ordinary_import(monkeypatch, caplog, imports):
    monkeypatch.setitem(late_models.TRIED, "no-such-package", "1.0")
    with caplog.at_level(logging.DEBUG):
        late_models.import_aiogram()
    assert imports == [("aiogram", BaseModel.model_rebuild)]
    assert "no-such-package" in caplog.text


def test_an_unknown_pydantic_inside_is_left_alone(monkeypatch, imports):
    monkeypatch.setattr(late_models, "KNOWN_INSIDE", False)
    late_models.import_aiogram()
    assert imports == [("aiogram", BaseModel.model_rebuild)]


def test_a_failing_import_leaves_pydantic_as_it_was(monkeypatch, imports):
    def fail(name: str) -> None:
        assert BaseModel.model_config == {"defer_build": True}
        raise ImportError(name)

    ordinary = vars(BaseModel)["model_rebuild"]
    monkeypatch.setattr(late_models, "import_module", fail)
    with pytest.raises(ImportError, match="aiogram"):
        late_models.import_aiogram()
    assert vars(BaseModel)["model_rebuild"] is ordinary
    assert BaseModel.model_config == {}


def test_a_second_call_imports_nothing(monkeypatch, imports):
    monkeypatch.setitem(sys.modules, "aiogram", object())
    late_models.import_aiogram()
    assert imports == []
