"""Refresh the front-end files under static/vendor/ from the npm packages that tools/assets.toml names.

``python -m tools.assets`` fetches and writes; ``--check`` only compares what lies there with what was recorded.
"""

import argparse
import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from tools import npm

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "assets.toml"
VENDOR = ROOT / "static" / "vendor"
VERSIONS = VENDOR / "versions.json"
SOURCE_MAP = re.compile(rb"\n?/\*# sourceMappingURL=.*?\*/\s*$")
SVG = re.compile(r"<svg[^>]*\bviewBox=\"(?P<box>[^\"]+)\"[^>]*>(?P<shapes>.*)</svg>", re.DOTALL)


def main() -> int:
    """Write the files, or with --check say which are not what versions.json recorded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, fetch nothing")
    wanted = tomllib.loads(LIST.read_text())
    try:
        return check(wanted) if parser.parse_args().check else refresh(wanted)
    except npm.FetchError as error:
        print(error, file=sys.stderr)
        return 1


def refresh(wanted: dict[str, Any]) -> int:
    """Fetch every package and write its files, the icons and the record of versions."""
    record = {"packages": {}, "files": {}} | {"icons": wanted["icons"]["names"]}
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, package in wanted["packages"].items():
        with npm.opened(npm.fetch(name, package["version"], package["integrity"])) as archive:
            files = {ours: npm.member(archive, theirs) for theirs, ours in package["files"].items()}
            if name == "bootstrap-icons":
                drawings = {
                    icon: npm.member(archive, f"icons/{icon}.svg")
                    for icon in wanted["icons"]["names"]
                }
                files["icons.svg"] = sprite(drawings)
        for ours, content in files.items():
            # The map a stylesheet points to is not vendored; a name without a file would break hashed file names.
            clean = SOURCE_MAP.sub(b"\n", content)
            (VENDOR / ours).write_bytes(clean)
            record["files"][ours] = hashlib.sha256(clean).hexdigest()
        record["packages"][name] = {
            key: package[key] for key in ("version", "integrity", "license")
        }
        print(f"{name} {package['version']}: {', '.join(files)}")
    VERSIONS.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n")
    (VENDOR / "README").write_text(readme(wanted))
    return 0


def check(wanted: dict[str, Any]) -> int:
    """Compare list, record and files."""
    record = json.loads(VERSIONS.read_text())
    faults = [
        f"{name} is recorded in another version than tools/assets.toml names."
        for name, package in wanted["packages"].items()
        if record["packages"].get(name, {}).get("integrity") != package["integrity"]
    ]
    faults += [
        f"static/vendor/{name} is not the file that was fetched."
        for name, digest in record["files"].items()
        if not (VENDOR / name).is_file()
        or hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() != digest
    ]
    if record["icons"] != wanted["icons"]["names"]:
        faults.append("static/vendor/icons.svg was made from another list of icons.")
    print(
        "\n".join(
            [*faults, "Run `make assets`."] if faults else ["Vendored files are what was recorded."]
        )
    )
    return bool(faults)


def sprite(drawings: dict[str, bytes]) -> bytes:
    """Compose single drawings into one file of symbols."""
    symbols = []
    for name, drawing in drawings.items():
        found = SVG.search(drawing.decode())
        if not found:
            raise npm.FetchError(f"The icon {name} is not drawn as expected.")
        shapes = " ".join(found["shapes"].split())
        symbols.append(
            f'<symbol id="{name}" viewBox="{found["box"]}" fill="currentColor">{shapes}</symbol>'
        )
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""]).encode()


def readme(wanted: dict[str, Any]) -> str:
    """Say what lies in the folder and under which licence."""
    lines = [
        "Front-end files of others, unchanged but for source-map comments. Written by `make assets`;",
        "change tools/assets.toml, not these files.",
        "",
    ]
    for name, package in wanted["packages"].items():
        lines.append(
            f"{name} {package['version']}, licence {package['license']} (text in {name}.LICENSE)"
        )
    return "\n".join([*lines, "icons.svg: composed of single drawings of bootstrap-icons", ""])


if __name__ == "__main__":
    sys.exit(main())
