"""How long a reader waits in Chromium: ``python -m benchmarks.pages``.

For each page, from the click in the navigation until it stands still with its picture, and from a press on
one of its controls until everything that follows is on the screen: medians of a few turns, after one.
"""

from statistics import median

from cnnviz.ui import frame
from tests.browser import chromium
from tests.browser.conftest import serving, settle, visiting

TURNS, SWITCH_AIM, CONTROL_AIM = 5, 1000, 200
STILL = """([title]) => new Promise((done, fail) => {
  const began = performance.now();
  let same = 0;
  const look = () => {
    if (performance.now() - began > 10000) return fail(new Error(`${title} is not shown`));
    const app = document.querySelector("[data-testid=stApp]");
    const still = app.dataset.testScriptState === "notRunning"
      && document.querySelector("h1")?.textContent === title
      && !document.querySelector("[data-testid=stSkeleton]");
    same = still ? same + 1 : 0;
    if (same === 2) return done(performance.now() - began); // drawn once as it is
    return requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
ANSWER = """() => new Promise((done) => {
  const app = document.querySelector("[data-testid=stApp]");
  let [began, ran, heard] = [undefined, false, Infinity];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...parts) {
    if (!began) this.addEventListener("message", () => { heard = performance.now(); });
    began ??= performance.now();
    return send.apply(this, parts);
  };
  const finish = (at) => { WebSocket.prototype.send = send; done(at - began); };
  // A run that is over before the browser draws is never seen running: then its last message counts.
  const look = () => {
    const running = app.dataset.testScriptState !== "notRunning";
    ran ||= running && began;
    if (ran && !running) requestAnimationFrame(() => finish(performance.now()));
    else if (!ran && performance.now() - heard > 500) finish(heard);
    else requestAnimationFrame(look);
  };
  window.answered = undefined;
  look();
}).then((time) => { window.answered = time; })"""


def switch(page, lesson: frame.Page) -> float:
    """Click a page in the navigation and wait until it stands still."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=lesson.name, exact=True).click(
        no_wait_after=True
    )
    return page.evaluate(STILL, [lesson.title])


def answer(page) -> float | None:
    """Press the first slider or number of the page, and wait until the page has answered."""
    control = page.locator(
        "[data-testid=stSlider] input:enabled, [data-testid=stNumberInputStepUp]:enabled:visible"
    ).first
    if not control.count():
        return None
    is_slider = control.get_attribute("type") == "range"
    page.evaluate(f"() => {{ ({ANSWER})() }}")
    if is_slider:
        control.focus()
        page.keyboard.press("ArrowRight")
    else:
        control.click()
    page.wait_for_function("() => window.answered !== undefined")
    taken = page.evaluate("() => window.answered")
    settle(page)
    return taken


def main() -> None:
    """Print the table, in milliseconds."""
    path = chromium.find()
    if not path:
        print(chromium.MISSING)
        return
    from playwright.sync_api import sync_playwright

    pages = frame.pages()
    with serving("cnnviz.ui.server") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        with visiting(browser) as make:
            page = make("desktop").open(address)
            times: dict[str, list[float]] = {each.address: [] for each in pages}
            answers: dict[str, list[float]] = {each.address: [] for each in pages}
            for _ in range(TURNS + 1):
                for each in (*pages[1:], pages[0]):
                    times[each.address].append(switch(page, each))
                    taken = answer(page)
                    answers[each.address] += [] if taken is None else [taken]
        browser.close()
    print(f"{'milliseconds':24}{'page shown':>12}{'control':>12}   aims {SWITCH_AIM} and {CONTROL_AIM}")
    for name in times:
        shown, answered = median(times[name][1:]), median(answers[name][1:] or [0])
        missed = "  not reached" if shown > SWITCH_AIM or answered > CONTROL_AIM else ""
        print(f"{name:24}{shown:12.0f}{answered or float('nan'):12.0f}{missed}")


if __name__ == "__main__":
    main()
