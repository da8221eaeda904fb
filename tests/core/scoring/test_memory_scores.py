"""The scores of the tests keep the promises of the port."""

import pytest

from tests.core.scoring.memory_scores import MemoryScores
from tests.core.scoring.scores_contract import ScoresContract
from tests.fakes import MemoryLedger


class TestMemoryScores(ScoresContract):
    @pytest.fixture
    def ledger(self):
        return MemoryLedger()

    @pytest.fixture
    def scores(self, ledger):
        return MemoryScores(ledger)
