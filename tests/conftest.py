"""What every test may use: Hypothesis profiles and the form in force.

The ordinary run is derandomised, so that it gives the same result everywhere. ``XXGK_LONG=1`` runs
random, long searches: ``XXGK_LONG=1 pytest tests/model``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from model.catalogue import load_form
from model.forms import Form
from tests.effort import LONG

settings.register_profile(
    "ordinary",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long",
    deadline=None,
    database=None,
    max_examples=2000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("long" if LONG else "ordinary")


@pytest.fixture(scope="session", autouse=True)
def _own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the program keeps for its user away from the user who runs the tests."""
    folder = str(tmp_path_factory.mktemp("user data"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", folder)
        patch.setenv("LOCALAPPDATA", folder)
        yield


@pytest.fixture(scope="session")
def form() -> Form:
    """The form in force for the reports of 2021 and every year since."""
    return load_form("2021")
