"""The fakes of the tests keep the promises of the ports."""

import pytest

from tests.core.purse_contract import MinutesContract, PurseContract
from tests.model_fakes import FakeAllowance, MemoryMinutes, MemoryPurse


class TestInMemory(PurseContract):
    @pytest.fixture
    def allowance(self):
        return FakeAllowance()

    @pytest.fixture
    def purse(self, allowance):
        return MemoryPurse(allowance)


class TestMinutesInMemory(MinutesContract):
    @pytest.fixture
    def minutes(self):
        return MemoryMinutes()
