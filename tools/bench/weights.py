"""What a phone has to fetch."""

import gzip
from pathlib import PurePosixPath

from tools.bench.browser import Browser, files_of

KINDS = {".css": "css", ".js": "js", ".svg": "pictures", ".png": "pictures", ".ico": "pictures"}


def weigh(browser: Browser, path: str) -> dict[str, int]:
    """Compressed bytes of a page and of the files it asks for, by kind."""
    page = browser.get(path, **{"Accept-Encoding": "gzip"})
    sent = "gzip" in page.headers.get("Content-Encoding", "")
    text = gzip.decompress(page.body).decode() if sent else page.text
    sizes = {"html": len(page.body) if sent else len(gzip.compress(page.body))}
    sizes["html as sent"] = len(page.body)
    for file in files_of(text):
        kind = KINDS.get(PurePosixPath(file).suffix, "other")
        answer = browser.get(file, **{"Accept-Encoding": "gzip, br"})
        sizes[kind] = sizes.get(kind, 0) + len(answer.body)
    return sizes
