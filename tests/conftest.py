"""What all tests share: the same random cases each time, so that a failure can be repeated."""

import gc
import logging
import os
from functools import cache

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
steady = settings.get_profile("steady")
settings.register_profile("search", parent=steady, derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def _quiet_streamlit():
    """Keep Streamlit from counting and from watching files while tests run."""
    os.environ["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] = "false"
    os.environ["STREAMLIT_SERVER_FILE_WATCHER_TYPE"] = "none"


def pytest_collection_finish():
    """Keep what is loaded by now, which stays, out of garbage collections; give Streamlit's log to pytest's.

    To each logger that passes nothing on, a hundred of them, pytest would tie its handlers six times a test.
    """
    gc.collect()
    gc.freeze()
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and not logger.propagate:
            logger.propagate = True
            logger.handlers.clear()


@pytest.fixture(scope="session", autouse=True)
def _packages_read_once():
    """Keep every `AppTest` from looking for components in all packages, which takes longer than a page."""
    from streamlit.components.v2 import manifest_scanner

    scan = manifest_scanner.scan_component_manifests
    manifest_scanner.scan_component_manifests = cache(scan)
    yield
    manifest_scanner.scan_component_manifests = scan
