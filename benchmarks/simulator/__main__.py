"""Time a slider in Chromium, from its event to the frame that shows the new chart: python -m benchmarks.simulator.

Beside it stands the same server's bare answer to the same address, as a program gets it: what is left is the browser's.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import threading
import time
from statistics import median
from urllib.request import urlopen

import uvicorn
from playwright.sync_api import sync_playwright

from dafeng.settings import Settings
from dafeng.web.app import create_app
from dafeng.web.site import Site

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
MOVE = """([id, value]) => {
  const slider = document.getElementById(id);
  delete document.getElementById("result").dataset.took;
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
TOOK = "() => document.getElementById('result').dataset.took ?? ''"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--city", default="shanghai")
    parser.add_argument("--lever", default="pv-capacity")
    parser.add_argument("--moves", type=int, default=40)
    given = parser.parse_args()
    app = create_app(Settings(city=given.city), site=Site(given.city, None))
    # With the protocol named, answers are sent at once and do not wait for the browser to acknowledge their head.
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    base = f"http://127.0.0.1:{opened.getsockname()[1]}"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{base}/zh/pathway")
        low, high = (float(page.locator(f"#{given.lever}").get_attribute(end) or 0) for end in ("min", "max"))
        spent = []
        for number in range(given.moves):
            value = low + (high - low) * ((number * 37) % 97 + 1) / 99
            page.evaluate(MOVE, [given.lever, str(value)])
            while not (took := page.evaluate(TOOK)):
                time.sleep(0.002)
            spent.append(float(took))
        browser.close()
    alone = []
    for number in range(given.moves):
        value = low + (high - low) * ((number * 41) % 97 + 1) / 101
        start = time.perf_counter()
        urlopen(f"{base}/zh/pathway/result?x={given.lever}:{value:.6g}").read()  # noqa: S310 - our own server
        alone.append((time.perf_counter() - start) * 1e3)
    server.should_exit = True
    spent, alone = sorted(spent[3:]), sorted(alone[3:])
    print(f"{'':40} {'median':>9} {'95 %':>9}")
    for words, times in (("slider event to drawn chart", spent), ("the same answer without a browser", alone)):
        print(f"{words:40} {median(times):6.1f} ms {times[int(len(times) * 0.95)]:6.1f} ms")
    print(f"ratio {median(spent) / median(alone):.2f}")


if __name__ == "__main__":
    main()
