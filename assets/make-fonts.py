#!/usr/bin/env python3
"""Makes assets/fonts/*.ttf and assets/icons/lucide.ttf anew from their published packages.

Run it from anywhere, with Node's npm and a Python that has fontTools:

    python3 -m venv /tmp/fonts && /tmp/fonts/bin/pip install 'fonttools[woff]==4.68.0'
    /tmp/fonts/bin/python assets/make-fonts.py

Text face: Inter, cut down to the characters below, kerned, its digits replaced by the tabular ones, so that figures
line up in columns without asking the toolkit for an OpenType feature.

Icons: Lucide, cut down to those named in src/icons.rs. To add one, write a row there with the picture's Lucide name
and any code point, then run this: it corrects the code points in that file and adds the pictures to the font.
"""

import base64
import hashlib
import json
import pathlib
import re
import subprocess
import tarfile
import tempfile

from fontTools import subset
from fontTools.ttLib import TTFont

ASSETS = pathlib.Path(__file__).resolve().parent
ICON_TABLE = ASSETS.parent / "src" / "icons.rs"
ICON_ROW = re.compile(r"^(    [A-Z0-9_]+ ')\\u\{([0-9a-f]+)\}(' \"([a-z0-9-]+)\";)$", re.MULTILINE)

PACKAGES = {
    "inter-ui@4.1.1": "451h0J29HyOmA+JXgSi/6M12tL7ZCZ8arYKZUXiOXTJpJbAKqJvFh3k5SiV3x7tKe0C0KyrKUUiQIvvZ2PQDcA==",
    "lucide-static@1.62.0": "WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
}
WEIGHTS = ["Regular", "Medium", "SemiBold"]
RANGES = [
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0218, 0x021B),  # Romanian s and t with comma
    (0x2010, 0x2027),  # dashes, quotes, bullets, ellipsis
    (0x202F, 0x203A),  # narrow space, per mille, primes, angle quotes
    (0x2070, 0x208E),  # superior and inferior figures
    (0x2190, 0x2199),  # arrows
]
SINGLE = "ΑΒΓΔΘΛΠΣΦΩαβγδεθλμπρστφω⁄€™Ω℮⇒⇔∂∆∏∑−√∞∫≈≠≤≥■□▲△▶▼▽◀●○◆◇✓✗⌘⇧⌥⌃↵⏎⌫␣⇥½⅓¼⅛⅜"


def fetch(folder):
    """Unpacks every package into `folder`; refuses one whose bytes are not the expected ones."""
    roots = {}
    for name, expected in PACKAGES.items():
        out = subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, capture_output=True, text=True)
        archive = folder / out.stdout.split()[-1]
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != expected:
            raise SystemExit(f"{name} is not the archive this script was written for: sha512-{found}")
        root = folder / name.split("@")[0]
        with tarfile.open(archive) as tar:
            tar.extractall(root, filter="data")
        roots[name.split("@")[0]] = root / "package"
    return roots


def options(features):
    """Settings for the subsetter that keep the files small and the same on every run."""
    opts = subset.Options()
    opts.layout_features = features
    opts.hinting = False
    opts.legacy_kern = False
    opts.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    opts.drop_tables += ["GDEF"] if not features else []
    opts.recalc_timestamp = False
    return opts


def tabular_digits(font):
    """Lets the characters 0 to 9 show the glyphs of the feature `tnum`."""
    gsub = font["GSUB"].table
    records = [r for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "tnum"]
    swap = {}
    for index in records[0].Feature.LookupListIndex:
        for table in gsub.LookupList.Lookup[index].SubTable:
            swap.update(getattr(table, "ExtSubTable", table).mapping)
    for cmap in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in cmap.cmap:
                cmap.cmap[code] = swap.get(cmap.cmap[code], cmap.cmap[code])  # two tables may share one map


def make_text(root):
    codes = [c for low, high in RANGES for c in range(low, high + 1)] + [ord(c) for c in SINGLE]
    for weight in WEIGHTS:
        font = TTFont(root / "web" / f"Inter-{weight}.woff2", recalcTimestamp=False)
        tabular_digits(font)
        cut = subset.Subsetter(options(["kern"]))
        cut.populate(unicodes=codes)
        cut.subset(font)
        widths = {font["hmtx"][font.getBestCmap()[ord(c)]][0] for c in "0123456789"}
        assert len(widths) == 1, f"the figures of {weight} are not of one width"
        font.flavor = None
        save(font, ASSETS / "fonts" / f"Inter-{weight}.ttf")


def make_icons(root):
    code_of = json.loads((root / "font" / "codepoints.json").read_text())
    table = ICON_TABLE.read_text()
    names = [row[3] for row in ICON_ROW.findall(table)]
    unknown = [name for name in names if name not in code_of]
    if unknown or not names:
        raise SystemExit(f"not pictures of Lucide: {unknown}")
    ICON_TABLE.write_text(ICON_ROW.sub(lambda m: f"{m[1]}\\u{{{code_of[m[4]]:x}}}{m[3]}", table))

    font = TTFont(root / "font" / "lucide.ttf", recalcTimestamp=False)
    cut = subset.Subsetter(options([]))
    cut.populate(unicodes=[code_of[name] for name in names])
    cut.subset(font)
    # The published outlines state a left bearing of 0 whatever they are; told the truth, every renderer centres them.
    glyphs, metrics = font["glyf"], font["hmtx"]
    for name in font.getGlyphOrder():
        glyphs[name].recalcBounds(glyphs)
        metrics[name] = (metrics[name][0], getattr(glyphs[name], "xMin", 0))
    save(font, ASSETS / "icons" / "lucide.ttf")
    print(f"{len(set(names))} icons")


def save(font, path):
    path.parent.mkdir(exist_ok=True)
    font.save(path, reorderTables=True)
    print(f"{path.relative_to(ASSETS)}: {path.stat().st_size / 1000:.0f} KB")


def main():
    with tempfile.TemporaryDirectory() as folder:
        roots = fetch(pathlib.Path(folder))
        make_text(roots["inter-ui"])
        make_icons(roots["lucide-static"])


main()
