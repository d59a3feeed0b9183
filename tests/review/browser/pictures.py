"""Makes the pictures of the page for the documents: ``python -m tests.review.browser.pictures DATABASE``.

The database is one of the invented uploads (``netra scan fixtures/uploads ... --db DATABASE``); it is copied, not
changed. Everybody in the pictures is invented.
"""

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from casework.database import open_database
from console.review_enrolment import enrolments_of
from console.review_packages import PackageFolder
from console.review_pictures import OriginalPictures
from fixtures import ELECTION
from review.office import Office
from review.serve import server_of
from tests.review.browser.conftest import NAMES, WIDE, Site, free_port
from tests.review.browser.steps import logged_in, look_at
from tests.review.conftest import add_everybody

OUT = Path(__file__).resolve().parents[3] / "docs" / "pictures"
FINDING = 2
PHONE = {"width": 390, "height": 844}
PAGES = {
    "review-look": ("rina", "/tinjau/{look}", WIDE),
    "review-finding": ("rina", "/temuan/{finding}", WIDE),
    "review-queue": ("rina", "/temuan", WIDE),
    "review-overview": ("sinta", "/", WIDE),
    "review-phone": ("budi", "/tinjau/{phone}", PHONE),
}


@contextmanager
def office_of(database: Path) -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "kasus.db"
        shutil.copyfile(database, place)
        with open_database(place, create=False) as opened:
            with opened.begin() as connection:
                add_everybody(connection)
            enrolments = enrolments_of([str(ELECTION)])
            packages = PackageFolder(opened, Path(folder) / "paket", enrolments)
            pictures = OriginalPictures(opened, enrolments)
            pictures.learn_faces()  # as the command does before it serves
            yield Office(opened, pictures, packages, enrolments)


@contextmanager
def browser() -> Iterator[Browser]:
    program = next(path for path in map(shutil.which, NAMES) if path)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield started
        started.close()


def main(database: Path) -> None:
    with office_of(database) as office, browser() as chromium:
        server, address = server_of(office, port=free_port())
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        site = Site(chromium, address.rstrip("/"))
        look_at(office, FINDING, "rina", answered=True)
        numbers = {
            "finding": FINDING,
            "look": look_at(office, 1, "rina", answered=False),
            "phone": look_at(office, 3, "budi", answered=False),
        }
        for name, (who, path, window) in PAGES.items():
            touch = {"has_touch": True, "is_mobile": True} if window is PHONE else {}
            page = logged_in(site, office, who, viewport=window, color_scheme="light", **touch)
            page.goto(path.format(**numbers))
            page.wait_for_load_state("networkidle")
            picture = Image.open(BytesIO(page.screenshot()))
            picture.convert("RGB").save(OUT / f"{name}.webp", quality=80, method=6)
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
