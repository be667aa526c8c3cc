#!/usr/bin/env python3
"""Set goldrule's citations beside those of other extractors, on the same texts in the same run.

    cargo build --release -p goldrule
    python3 benches/peers/citations.py --goldrule target/release/goldrule

Installs eyecite and citeurl from PyPI and the TypeScript port of eyecite from npm into a folder (`--folder`, a
temporary one unless given), runs each on the committed sets of citations and traps, and prints for every family
how many of the expected citations each finds. Found means that a hit overlaps the expected span, which favours
tools that mark less of a citation than goldrule does; extra hits overlap nothing expected, hits on traps count
apart. Then the speed on citation-dense and on ordinary text: goldrule's is that of `goldrule extract`, agencies
and stances and the start of the process included; the peers' is that of the call alone.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT / "crates" / "extractor" / "tests" / "citations"
PYPI = ["eyecite==2.7.8", "citeurl==12.0.4", "markdown"]
NPM = "@beshkenadze/eyecite@2.7.6"

PYTHON_PEER = """
import json, sys, time
name = sys.argv[1]
if name == "eyecite":
    from eyecite import get_citations
    def hits(text):
        return [c.full_span() for c in get_citations(text)]
else:
    from citeurl import Citator
    citator = Citator()
    def hits(text):
        return [c.span for c in citator.list_cites(text)]
texts = json.load(sys.stdin)
hits("8 U.S.C. 1373")
start = time.perf_counter()
found = [hits(text) for text in texts]
json.dump({"hits": found, "seconds": time.perf_counter() - start}, sys.stdout)
"""

NODE_PEER = """
import { getCitations } from '@beshkenadze/eyecite';
import { readFileSync } from 'node:fs';
const texts = JSON.parse(readFileSync(0, 'utf8'));
const hits = text => getCitations(text).map(c => c.fullSpan()).map(s => [s.start, s.end]);
hits('8 U.S.C. 1373');
const start = performance.now();
const found = texts.map(hits);
console.log(JSON.stringify({ hits: found, seconds: (performance.now() - start) / 1000 }));
"""


def install(folder):
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PYPI], check=True)
    if not (folder / "node_modules").exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, NPM], check=True, cwd=folder)
    (folder / "peer.py").write_text(PYTHON_PEER)
    (folder / "peer.mjs").write_text(NODE_PEER)
    return {
        "eyecite": [python, folder / "peer.py", "eyecite"],
        "citeurl": [python, folder / "peer.py", "citeurl"],
        "eyecite-ts": ["node", folder / "peer.mjs"],
    }


def run_peer(command, texts):
    done = subprocess.run(command, input=json.dumps(texts), text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{command[-1]} failed:\n{done.stderr}")
    answer = json.loads(done.stdout.splitlines()[-1])
    return [[tuple(hit) for hit in hits] for hits in answer["hits"]], answer["seconds"]


def run_goldrule(binary, texts):
    lines = "".join(json.dumps({"id": f"t{i}", "text": text}) + "\n" for i, text in enumerate(texts))
    command = [binary, "extract", "--stdin-format", "jsonl", "--format", "jsonl", "-"]
    start = time.perf_counter()
    done = subprocess.run(command, input=lines, text=True, capture_output=True)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"goldrule failed:\n{done.stderr}")
    by_id = {}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        by_id[record["document"]] = [(c["start"], c["end"]) for c in record["citations"]]
    return [by_id.get(f"t{i}", []) for i in range(len(texts))], seconds


def read(name):
    return [json.loads(line) for line in (SETS / name).read_text(encoding="utf-8").splitlines()]


def spans(example):
    for citation in example["citations"]:
        start = -1
        for _ in range(citation.get("occurrence", 1)):
            start = example["text"].index(citation["text"], start + 1)
        yield start, start + len(citation["text"])


def overlap(one, two):
    return one[0] < two[1] and two[0] < one[1]


def family(example):
    name = example["family"]
    return "code-states" if name.startswith("code-") else name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--goldrule", required=True, type=Path, help="the binary")
    parser.add_argument("--folder", type=Path, help="where the peers are installed; kept for the next run")
    arguments = parser.parse_args()
    folder = (arguments.folder or Path(tempfile.mkdtemp())).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    peers = install(folder)
    tools = ["goldrule", *peers]

    def run(tool, texts):
        if tool == "goldrule":
            return run_goldrule(arguments.goldrule.resolve(), texts)
        return run_peer(peers[tool], texts)

    examples = read("own.jsonl") + read("blind.jsonl")
    traps = read("own-traps.jsonl") + read("blind-traps.jsonl")
    expected, found, extra, trapped = Counter(), defaultdict(Counter), Counter(), Counter()
    for example in examples:
        expected[family(example)] += len(example["citations"])
    for tool in tools:
        hits, _ = run(tool, [example["text"] for example in examples])
        for example, own in zip(examples, hits):
            wanted = list(spans(example))
            found[tool][family(example)] += sum(any(overlap(w, hit) for hit in own) for w in wanted)
            extra[tool] += sum(not any(overlap(w, hit) for w in wanted) for hit in own)
        trapped[tool] = sum(bool(own) for own in run(tool, [trap["text"] for trap in traps])[0])
    width = max(map(len, expected)) + 2
    print("family".ljust(width), "expected".rjust(9), *(tool.rjust(11) for tool in tools))
    behind = []
    for name in sorted(expected):
        row = [found[tool][name] for tool in tools]
        if max(row[1:]) > row[0]:
            behind.append(name)
        print(name.ljust(width), str(expected[name]).rjust(9), *(str(n).rjust(11) for n in row))
    totals = [str(sum(found[tool].values())).rjust(11) for tool in tools]
    print("all".ljust(width), str(sum(expected.values())).rjust(9), *totals)
    print("extra".ljust(width), "".rjust(9), *(str(extra[tool]).rjust(11) for tool in tools))
    print("traps fired".ljust(width), str(len(traps)).rjust(9), *(str(trapped[tool]).rjust(11) for tool in tools))
    print("goldrule is behind in:", ", ".join(behind) or "no family")

    dense = "\n\n".join(example["text"] for example in examples) * 3
    ordinary = (ROOT / "benches" / "data" / "off-topic.txt").read_text(encoding="utf-8")
    print("\nMB/s".ljust(width + 1), "".rjust(9), *(tool.rjust(11) for tool in tools))
    for label, text in [("citation-dense", dense), ("ordinary prose", ordinary)]:
        speeds = []
        for tool in tools:
            # The process starts once for goldrule, so it reads the text often enough for that not to count.
            times = 40 if tool == "goldrule" else 1
            _, seconds = run(tool, [text] * times)
            speeds.append(times * len(text.encode()) / 1e6 / seconds)
        print(label.ljust(width), "".rjust(9), *(f"{speed:.3f}".rjust(11) for speed in speeds))
        ratios = [f"{speeds[0] / speed:.0f}x".rjust(11) for speed in speeds]
        print("  goldrule against it".ljust(width), "".rjust(9), *ratios)
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
