"""Find a Chromium on this machine, or install one: a Debian package, else Playwright's own.

The one without a window of its own (``chromium-headless-shell``) is asked first: it is the same engine,
and takes a third less time for everything but the page.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The browser tests need Chromium: install Debian's package `chromium`, or run "
    "`python -m playwright install --with-deps chromium`, or set CHROMIUM to its path."
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]
# A test is over before the slowest of the compilers pays; who measures wants it. Nothing leads out of the
# machine: what asks for another one is told in the console as an error. Pages of one app share a process, and
# the scripts it has compiled.
TEST_FLAGS = [
    *FLAGS,
    "--js-flags=--no-opt",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--process-per-site",
]


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    named = os.environ.get("CHROMIUM")
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    return named or installed or _of_playwright()


def _of_playwright() -> str | None:
    """Return the path of the Chromium that Playwright keeps for itself, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try the ways of installing in turn; say what each answered when none works."""
    as_root = [] if not hasattr(os, "geteuid") or os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*as_root, "apt-get"]
    quiet = ["-o", "DPkg::Lock::Timeout=300", "-y", "-qq"]
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        debian = [*apt, *quiet, "install", "--no-install-recommends", "fonts-dejavu-core"]
        ways = [[*debian, "chromium-headless-shell"], [*debian, "chromium"], *ways]
        subprocess.run([*apt, "update", "-qq"], check=False)
    for way in ways:
        done = subprocess.run(way, check=False, capture_output=True, text=True, env={**os.environ, **QUIET})
        if done.returncode == 0 and find():
            return
        print(f"{' '.join(way)} failed: {done.stderr.strip()[-300:]}", file=sys.stderr)
    sys.exit(MISSING)


QUIET = {"DEBIAN_FRONTEND": "noninteractive"}

if __name__ == "__main__":
    if not find():
        install()
    print("Chromium:", find())
