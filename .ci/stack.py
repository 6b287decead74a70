#!/usr/bin/env python3
"""Whether the versions in the playbook resolve together: .ci/stack.py PROGRAM

Takes the requirements files of every service of every preset, of the worked example of a house playbook, and of a plan that
needs every package there is, and has pip resolve each distinct one without installing anything. Prints one line a file in the
manner of cargo, and "test result" at the end. Asks the package index that pip is set up for.
"""

import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Wheels only, so that nobody's setup script runs; this one is published as source alone.
WHEELS = ["--only-binary", ":all:", "--no-binary", "python-ldap"]


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)


def files_of(program, folder):
    """The requirements files of every plan, by the names of plan and service."""
    presets = [line.split()[0] for line in run(program, "presets", check=True).stdout.splitlines()]
    plans = {id: run(program, "presets", id, check=True).stdout for id in presets}
    plans["everything"] = (ROOT / "tests/everything.ron").read_text()
    calls = [(name, text, []) for name, text in plans.items()]
    house = ROOT / "docs/house-playbook"
    calls.append(("house", (ROOT / "docs/house-example.ron").read_text(), ["--playbook", house]))
    found = {}
    for name, text, options in calls:
        out = folder / name
        done = run(program, *options, "stack", "-", "--requirements", "-o", out, input=text)
        # A plan without services has nothing to install.
        if done.returncode and "There is no service" not in done.stderr:
            sys.exit(f"{name}: {done.stderr}")
        for path in sorted(out.glob("*/requirements.txt")) if out.exists() else []:
            found[f"{name}/{path.parent.name}"] = path
    return found


def pins(path):
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return tuple(sorted(line for line in lines if line))


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="groundplan-stack.") as scratch:
        scratch = pathlib.Path(scratch)
        venv.create(scratch / "venv", with_pip=True)
        files = files_of(program, scratch / "files")
        distinct = {}
        for name, path in files.items():
            distinct.setdefault(pins(path), []).append((name, path))

        def resolve(entry):
            (_, path) = entry[0]
            words = ["install", "--dry-run", "--quiet", "--disable-pip-version-check", *WHEELS, "-r", path]
            return entry, run(scratch / "venv/bin/pip", *words)

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            results = list(pool.map(resolve, distinct.values()))
    failed = 0
    for entry, done in results:
        names = ", ".join(name for name, _ in entry)
        print(f"test {names} ... {'FAILED' if done.returncode else 'ok'}")
        if done.returncode:
            failed += 1
            print(done.stderr.strip())
    word = "FAILED" if failed else "ok"
    print(f"test result: {word}. {len(results) - failed} passed; {failed} failed; {len(files)} files")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
