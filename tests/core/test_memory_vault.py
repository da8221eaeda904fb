"""The fake keeps the promises of the real one."""

import pytest

from tests.core.memory_vault import MemoryVault
from tests.core.vault_contract import VaultContract


class TestMemoryVault(VaultContract):
    @pytest.fixture
    def vault(self):
        return MemoryVault()
