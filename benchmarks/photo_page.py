"""The photo page, from a file to the screen: ``python -m benchmarks.photo_page``.

First the work of the server alone, then what a reader waits for in Chromium, if there is one: from the moment
the browser asks to the moment the new picture is decoded. Decoding the upload is measured by itself.
"""

import io
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from PIL import Image

from benchmarks.measure import thread_counts
from cnnviz.figures.photo_views import develop
from cnnviz.figures.theme import LIGHT
from cnnviz.kernels.threads import limited_to
from cnnviz.lessons.photo import Filtering
from cnnviz.presets.colour import TREATMENTS
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.ui.uploads import read_image, read_reduced

WIDTH, HEIGHT, WORKING = 4000, 3000, 1200
CASES = [("Sobel x", {}), ("Gaussian blur", {"sigma": 1.5}), ("Box blur", {"size": 21})]


def photograph() -> np.ndarray:
    """Make 12 megapixels with the detail and the noise of a camera's."""
    image = Image.fromarray(IMAGES["Coffee"].load()).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    noise = np.random.default_rng(1).normal(0, 3, (HEIGHT, WIDTH, 3))
    return np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8)


def milliseconds(work: Callable[[], object], turns: int = 5) -> float:
    """Time some work: the median of a few turns, after one to get going."""
    work()
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * median(times)


def server_alone(image: np.ndarray, raw: bytes) -> None:
    """Print what the server needs to decode, to filter, and to make everything the page shows."""
    print(f"JPEG of {WIDTH} x {HEIGHT}, {len(raw) / 1e6:.1f} MB")
    print(f"decode to the working size     {milliseconds(lambda: read_reduced(raw, WORKING)):7.0f} ms")
    print(f"decode at full size            {milliseconds(lambda: read_image(raw)):7.0f} ms")
    small, _ = read_reduced(raw, WORKING)
    print(
        f"\n{'filter':24}{'colour':16}{'threads':>8}{'working':>15}{'12 megapixels':>15}{'filter alone':>15}"
    )
    for name, settings in CASES:
        kernel = FILTERS[name].kernel(**settings)
        for colour in TREATMENTS:
            filtering = Filtering(tuple(map(tuple, kernel.tolist())), colour)
            for threads in thread_counts():
                label = f"{name} {kernel.shape[0]} x {kernel.shape[1]}"
                print(f"{label:24}{colour:16}{threads:>8}", end="")
                with limited_to(threads):
                    print_times(small, image, filtering)


def print_times(small: np.ndarray, large: np.ndarray, filtering: Filtering) -> None:
    """Print the times of everything at the working size, at full size, and of the filter itself."""
    for work in (
        lambda: develop(small, filtering, LIGHT),
        lambda: develop(large, filtering, LIGHT),
        lambda: filtering.apply(large),
    ):
        print(f"{milliseconds(work):>12.0f} ms", end="")
    print()


def in_the_browser(raw: bytes) -> None:
    """Print how long a reader waits for the next picture."""
    from tests.browser import chromium
    from tests.browser.conftest import serving, visiting

    path = chromium.find()
    if not path:
        print(chromium.MISSING)
        return
    from playwright.sync_api import sync_playwright

    with serving("cnnviz.ui.server") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        with visiting(browser) as make:
            page = make("desktop").open(
                f"{address}/photo_filters?ph_filter=Gaussian%20blur&ph_colour=Each%20channel"
            )
            page.wait_for_selector(".photo-frame .after")
            page.get_by_role("button", name="Picture").click()
            file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": raw}
            wait(page, "upload to screen", lambda: page.locator("input[type=file]").set_input_files(file))
            slider = page.get_by_role("slider", name="Sigma")
            for turn in range(5):
                slider.focus()
                wait(page, f"a slider, working size, {turn + 1}", lambda: page.keyboard.press("ArrowRight"))
            page.get_by_text("Full resolution").click()
            page.wait_for_selector("text=Worked on in full")
            for turn in range(3):
                slider.focus()
                wait(page, f"a slider, 12 megapixels, {turn + 1}", lambda: page.keyboard.press("ArrowRight"))
        browser.close()


WATCH = """() => {
  const within = (root) => root.querySelector(".photo-frame .after")
    ?? [...root.querySelectorAll("*")].map((e) => e.shadowRoot && within(e.shadowRoot)).find(Boolean);
  const image = within(document);
  const before = image.src;
  const send = WebSocket.prototype.send;
  let asked = null;
  WebSocket.prototype.send = function (...parts) {
    asked ??= performance.now();
    return send.apply(this, parts);
  };
  window.shown = new Promise((done) => {
    const watch = new MutationObserver(() => {
      if (image.src === before) return;
      watch.disconnect();
      WebSocket.prototype.send = send;
      image.decode().then(() => done(performance.now() - asked));
    });
    watch.observe(image, { attributes: true });
  });
}"""


def wait(page, label: str, act: Callable[[], object]) -> None:
    """Do something, and print the time from the browser's request to the next picture on the screen."""
    page.evaluate(WATCH)
    act()
    print(f"{label:34}{page.evaluate('() => window.shown'):7.0f} ms")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


if __name__ == "__main__":
    photo = photograph()
    jpeg = io.BytesIO()
    Image.fromarray(photo).save(jpeg, "JPEG", quality=88)
    server_alone(photo, jpeg.getvalue())
    print()
    in_the_browser(jpeg.getvalue())
