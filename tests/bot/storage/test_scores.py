"""Outcomes and forecasts in both databases."""

import pytest

from bot.storage.scores import SqlScores
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.core.scoring.scores_contract import ScoresContract


class OnDatabase(ScoresContract):
    @pytest.fixture
    def scores(self, database):
        return SqlScores(database)


class TestScoresOnSqlite(OnSqlite, OnDatabase):
    pass


class TestScoresOnPostgres(OnPostgres, OnDatabase):
    pass
