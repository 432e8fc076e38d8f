"""Rules of the house that no tool knows: one formula, nothing from the web, every dependency explained."""

import re
import tomllib
from pathlib import Path

import pytest

SOURCES = [path for folder in ("cnnviz", "pages") for path in sorted(Path(folder).rglob("*.py"))]
SHOWN = [*sorted(Path("cnnviz/ui/components").rglob("*.*s")), *sorted(Path(".streamlit").glob("*.toml"))]
README = Path("README.md").read_text(encoding="utf-8")


def requirements(path: str) -> dict[str, str]:
    lines = Path(path).read_text(encoding="utf-8").split()
    return dict(re.match(r"([\w-]+)(.*)", line).groups() for line in lines if re.match(r"[a-z]", line))


def found(pattern: str, texts: dict[Path, str]) -> dict[str, list[str]]:
    """Search texts; name those in which something was found."""
    return {str(path): found for path, text in texts.items() if (found := re.findall(pattern, text))}


@pytest.fixture(scope="module")
def sources() -> dict[Path, str]:
    assert len(SOURCES) > 300
    return {path: path.read_text(encoding="utf-8") for path in SOURCES}


@pytest.fixture(scope="module")
def shown() -> dict[Path, str]:
    assert {path.suffix for path in SHOWN} == {".js", ".css", ".toml"}
    return {path: path.read_text(encoding="utf-8") for path in SHOWN}


def test_only_the_window_divides_by_a_stride(sources):
    assert set(found(r"//\s*(?:self\.)?\w*stride", sources)) == {"cnnviz/window.py"}


def test_a_module_holds_one_idea_and_no_threads_of_numba(sources):
    assert {str(path) for path, source in sources.items() if len(source.splitlines()) > 280} == set()
    code = {path: re.sub(r'""".*?"""|#.*', "", source, flags=re.S) for path, source in sources.items()}
    assert found(r"parallel\s*=\s*True|prange", code) == {}


def test_nothing_in_a_page_is_loaded_from_the_web(shown):
    addresses = found(r"https?://[^\s'\"`)]+", shown)
    assert [each for named in addresses.values() for each in named if "www.w3.org" not in each] == []


def test_scripts_write_text_not_markup(shown):
    scripts = {path: script for path, script in shown.items() if path.suffix == ".js"}
    assert found(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", scripts) == {}


@pytest.mark.parametrize("package", requirements("requirements.txt"))
def test_every_dependency_has_bounds_and_a_line_in_the_readme(package):
    assert re.fullmatch(r">=[\d.]+,<[\d.]+", requirements("requirements.txt")[package])
    assert re.search(rf"^\| {package} \| \w.+ \|$", README, re.M)


def test_what_is_for_tests_and_benchmarks_only_is_not_needed_to_run():
    run, peers = requirements("requirements.txt"), {"scipy", "torch", "opencv-python-headless"}
    assert not peers & set(run)
    used = {
        name for path in SOURCES for name in re.findall(r"^\s*(?:import|from) (\w+)", path.read_text(), re.M)
    }
    assert not used & {"scipy", "torch", "cv2", "skimage", "pandas"}


def test_streamlit_is_set_up_for_a_class():
    config = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["runner"]["postScriptGC"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["maxUploadSize"] == 16
    assert config["client"]["showErrorDetails"] == "none"


def test_the_two_commands_lead_the_readme():
    assert README.index("make run") < README.index("make test") < 600
