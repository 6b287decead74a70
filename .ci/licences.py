#!/usr/bin/env python3
"""Holds every dependency of every platform to the lists in deny.toml; the cheap stand-in for `cargo deny check`.

Reads what `cargo metadata` says of licences and sources; unlike cargo-deny it does not read the licence texts.
"""

import json
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def satisfied(expression, allowed):
    """Whether an SPDX expression can be met with the allowed licences; `A/B` is the old way to write `A OR B`."""
    tokens = re.findall(r"\(|\)|[A-Za-z0-9.+-]+", expression.replace("/", " OR "))

    def either():
        met = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            met = both() or met
        return met

    def both():
        met = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            met = one() and met
        return met

    def one():
        token = tokens.pop(0)
        if token == "(":
            met = either()
            tokens.pop(0)
            return met
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token += f" WITH {tokens.pop(0)}"
        return token in allowed

    return either() and not tokens


def complaints(packages, rules):
    allowed = set(rules["licenses"]["allow"])
    excepted = {e["crate"]: set(e["allow"]) for e in rules["licenses"].get("exceptions", [])}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if package["source"] is None:
            for need in package["dependencies"]:
                if need["req"] == "*":
                    yield f"{name} wants any version of {need['name']}"
        elif package["source"] != CRATES_IO:
            yield f"{name} comes from {package['source']}"
        if not package["license"]:
            yield f"{name} states no licence"
        elif not satisfied(package["license"], allowed | excepted.get(package["name"], set())):
            yield f"{name} is {package['license']}, which deny.toml does not allow"


def main():
    rules = tomllib.loads((ROOT / "deny.toml").read_text())
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    packages = json.loads(out.stdout)["packages"]
    found = list(complaints(packages, rules))
    for complaint in found:
        print(complaint)
    print(f"{len(packages)} packages, {len(found)} against the rules")
    sys.exit(bool(found))


main()
