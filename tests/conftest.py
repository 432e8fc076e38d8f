"""What all tests share: the same random cases each time, so that a failure can be repeated."""

import gc
import os
from functools import cache

import pytest
from hypothesis import settings

gc.disable()  # until all tests are collected, for nothing of this is given back
settings.register_profile("steady", derandomize=True, max_examples=50, deadline=None, print_blob=True)
steady = settings.get_profile("steady")
settings.register_profile("search", parent=steady, derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def _quiet_streamlit():
    """Keep Streamlit from counting, from watching files and from painting errors while tests run."""
    os.environ["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] = "false"
    os.environ["STREAMLIT_LOGGER_ENABLE_RICH"] = "false"
    os.environ["STREAMLIT_SERVER_FILE_WATCHER_TYPE"] = "none"


def pytest_collection_modifyitems(items):
    """Begin with what takes long: PyTorch, which one process loads if its tests are neighbours, and pages."""
    items.sort(key=lambda item: (item.get_closest_marker("torch") is None, item.path.parent.name != "pages"))


def pytest_collection_finish():
    """Keep what there is by now, and nearly all stays, out of garbage collections; let these be rare.

    A run of a page leaves a thousand objects that Streamlit ties in circles; looking for them after each
    700 new ones took a third of all the time.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _as_on_a_running_server():
    """Let no `AppTest` do for every run what a server does once and what takes longer than a page.

    It would look for components in all packages, compile the pages, imitate a runtime, and make pages of
    its own out of ``pages/``, which `cnnviz.ui.server` forbids before the first visitor comes. While a page
    runs it would also look a thousand times per second whether it is done.
    """
    from streamlit.components.v2 import manifest_scanner
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.runtime.scriptrunner.script_cache import ScriptCache
    from streamlit.testing.v1 import app_test, local_script_runner

    from cnnviz.ui.frame import leave_directory_mode

    def of_a_server(*place, **options):
        leave_directory_mode()
        return PagesManager(*place, **options)

    def until_it_is_done(page, timeout):
        page._script_thread.join(timeout)
        if not page.script_stopped():
            page.request_stop()
            page.join()
            raise RuntimeError(f"the page must be done within {timeout} s")

    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        patch.setattr(app_test, "ScriptCache", cache(ScriptCache))
        patch.setattr(app_test, "PagesManager", of_a_server)
        patch.setattr(app_test, "MagicMock", cache(app_test.MagicMock))
        patch.setattr(local_script_runner, "require_widgets_deltas", until_it_is_done)
        yield
