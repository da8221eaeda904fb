"""The desk of other tests is a plugin there, and a plain module here: read it as they do."""

import pytest

pytest.register_assert_rewrite("tests.core.desk")
pytest.register_assert_rewrite("tests.core.execution.lawful")
