#!/usr/bin/env python3
"""Fits the points of the score cards in rules/stances/cards.toml.

A card gives whole points to cues (a word, two in a row, a word of a sentence that negates) and matches where their
sum reaches its base. The points are the weights of a logistic regression with an L1 penalty (Tibshirani 1996), so
that most cues get none, times `SCALE` and rounded. What it learns from is what may be looked at: `dev`, the texts and
snippets by writers who had not seen the rules except those kept unread, and the examples beside the rules. Ids, words
and examples of the cards stay as they are in the file; only `base` and `points` are written.

Usage, from the top of the project (needs numpy, scipy and scikit-learn):
    cargo build --release --locked -p goldrule-extractor --example cues
    python3 crates/extractor/scripts/points/fit.py
"""

import csv
import json
import math
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

CARDS = Path("crates/extractor/rules/stances/cards.toml")
RULES = Path("crates/extractor/rules/stances")
CUES = Path("target/release/examples/cues")
FOLDERS = ["unseen", "unseen-news", "unseen-offices", "unseen-stories", "unseen-wording", "unseen-voices"]
FOLDERS += ["unseen-genres", "unseen-style", "unseen-manner"]
# Snippets from the top of each file; the rest is kept unread.
SNIPPETS = {"first.jsonl": None, "second.jsonl": None, "third.jsonl": 450, "fourth.jsonl": 720}
# A cue in fewer texts says nothing that would hold elsewhere.
LEAST = 5
PENALTY = 0.25
# Words; neither numbers nor marks, a question mark apart.
CUE = re.compile(r"(not & )?[a-z'][a-z'.]*( [a-z'][a-z'.]*)?|(not & )?\?")
SCALE = 4
# How likely a position must be.
LIKELY = 0.45


def gold_files():
    """(text, stances) of everything that may be learnt from, stances in code points."""
    with open("corpus/manifest.csv", encoding="utf-8", newline="") as rows:
        dev = [row["document"] for row in csv.DictReader(rows) if row["split"] == "dev"]
    pairs = [(Path(f"corpus/{name}.txt"), Path(f"annotations/gold/{name}.json")) for name in dev]
    for folder in FOLDERS:
        pairs += [(p, Path(f"annotations/{folder}/{p.stem}.json")) for p in sorted(Path(f"corpus/{folder}").glob("*.txt"))]
    for text, gold in pairs:
        if text.exists() and gold.exists():
            stances = json.loads(gold.read_text(encoding="utf-8"))["stances"]
            yield text.read_bytes().decode(), [(s["start"], s["end"], s["topic"], s["position"]) for s in stances]


def nth_place(text, quote, occurrence):
    at = -1
    for _ in range(occurrence):
        at = text.find(quote, at + 1)
    return at, at + len(quote)


def snippets():
    for name, upto in SNIPPETS.items():
        lines = Path(f"annotations/snippets/{name}").read_text(encoding="utf-8").splitlines()[:upto]
        for line in map(json.loads, lines):
            stances = []
            for s in line["stances"]:
                start, end = nth_place(line["text"], s["text"], s.get("occurrence", 1))
                stances.append((start, end, s["topic"], s["position"]))
            yield line["text"], stances


def examples():
    """The examples of the other rules: a `yes` has a stance where its square brackets stand."""
    for path in sorted(RULES.glob("*.toml")):
        if path == CARDS:
            continue
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            topic = rule.get("emit", {}).get("topic")
            for example in rule.get("yes", []):
                text, _, label = example.rpartition("=>")
                position = label.strip().split()[0] if label.strip() else ""
                plain = text.replace("{", "").replace("}", "")
                start, end = plain.find("["), plain.find("]") - 1
                if topic != "previous" and position and start >= 0:
                    yield plain.replace("[", "").replace("]", "").strip(), [(start, end, topic, position)]
            for example in rule.get("no", []):
                if "=>" not in example:
                    yield re.sub(r"[\[\]{}]", "", example), []


def sentences(texts):
    """(number of its text, cues, {(topic, position)}) of each sentence."""
    texts = list(texts)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (text, _) in enumerate(texts):
            paths.append(Path(folder) / f"{number}.txt")
            paths[-1].write_bytes(text.encode())
        found = defaultdict(list)
        for at in range(0, len(paths), 2000):
            output = subprocess.run([CUES, *paths[at : at + 2000]], capture_output=True, text=True, check=True).stdout
            for line in map(json.loads, output.splitlines()):
                found[int(Path(line["path"]).stem)].append(line)
    for number, (_, stances) in enumerate(texts):
        labels = [set() for _ in found[number]]
        for start, end, topic, position in stances:
            shared = [min(end, s["end"]) - max(start, s["start"]) for s in found[number]]
            if shared and max(shared) > 0:
                labels[shared.index(max(shared))].add((topic, position))
        yield from ((number, s["cues"], said) for s, said in zip(found[number], labels))


def plain_words(texts):
    """The words that stand in lower case or in capitals throughout: at the head of a sentence names look like words."""
    return {word.lower() for text, _ in texts for word in re.findall(r"[a-z'’][a-z'’.]*|[A-Z]{2,}", text)}


def fit(data, wanted, plain):
    """{(topic, position): (base, {cue: points})}"""
    texts = defaultdict(set)
    for number, cues, _ in data:
        for cue in cues:
            texts[cue].add(number)
    is_plain = lambda cue: all(word in plain or not word.isalpha() for word in cue.split())
    frequent = sorted(c for c, of in texts.items() if len(of) >= LEAST and CUE.fullmatch(c) and is_plain(c))
    known = {cue: n for n, cue in enumerate(frequent)}
    rows = [(row, known[cue]) for row, (_, cues, _) in enumerate(data) for cue in cues if cue in known]
    matrix = csr_matrix((np.ones(len(rows)), tuple(zip(*rows))), shape=(len(data), len(known)))
    names = list(known)
    for label in wanted:
        target = np.array([label in labels for _, _, labels in data])
        model = LogisticRegression(penalty="l1", C=PENALTY, solver="liblinear", max_iter=500, random_state=0)
        model.fit(matrix, target)
        points = {names[n]: round(SCALE * w) for n, w in enumerate(model.coef_[0]) if round(SCALE * w)}
        base = round(SCALE * (math.log(LIKELY / (1 - LIKELY)) - model.intercept_[0]))
        yield label, int(target.sum()), base, points


def written(points):
    """The points as lines of TOML, those that count most first."""
    entries = [f'"{cue} {n}"' for cue, n in sorted(points.items(), key=lambda e: (-abs(e[1]), e[0]))]
    lines, line = [], "  "
    for entry in entries:
        if len(line) + len(entry) > 108:
            lines.append(line.rstrip())
            line = "  "
        line += entry + ", "
    return "\n".join([*lines, line.rstrip()])


def main():
    texts = [*gold_files(), *snippets(), *examples()]
    data = list(sentences(texts))
    source = CARDS.read_text(encoding="utf-8")
    rules = tomllib.loads(source)["rule"]
    wanted = {(rule["emit"]["topic"], rule["emit"]["position"]): rule["id"] for rule in rules}
    for label, seen, base, points in fit(data, wanted, plain_words(texts)):
        new = f"base = {base}\npoints = [\n{written(points)}\n]\n"
        source, changed = re.subn(
            rf'(id = "{re.escape(wanted[label])}"\n(?:(?!\[\[rule\]\]).*\n)*?)base = -?\d+\npoints = \[\n(?:.*\n)*?\]\n',
            lambda match: match[1] + new,
            source,
        )
        print(f"{wanted[label]}: {seen} sentences, {len(points)} cues, base {base}", file=sys.stderr)
        assert changed == 1, wanted[label]
    CARDS.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()
