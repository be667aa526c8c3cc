"""What the points of cards may be learnt from: sentences with their cues, what patterns state in them, and gold."""

import csv
import json
import re
import subprocess
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

RULES = Path("crates/extractor/rules/stances")
CARDS = RULES / "cards.toml"
CUES = Path("target/release/examples/cues")
FOLDERS = ["unseen", "unseen-news", "unseen-offices", "unseen-stories", "unseen-wording", "unseen-voices"]
FOLDERS += ["unseen-genres", "unseen-style", "unseen-manner"]
# Snippets from the top of each file; the rest is kept unread.
SNIPPETS = {"first.jsonl": None, "second.jsonl": None, "third.jsonl": 450, "fourth.jsonl": 720}
PARAGRAPHS = Path("annotations/paragraphs")
PAGES = Path("annotations/pages/cues.jsonl")
# What opens a cue of a sentence that negates: one for each of its words.
NEGATED = "not & "


class Text(NamedTuple):
    """A text and its stances: (start, end, topic, position) in code points."""

    text: str
    stances: list


class Sentence(NamedTuple):
    """A sentence: the number of its text, its cues, what patterns state in it and what gold does."""

    text: int
    cues: list
    stated: set
    gold: set


def with_gold(text, gold):
    """A text file with the stances of its gold file."""
    stances = json.loads(gold.read_text(encoding="utf-8"))["stances"]
    return Text(text.read_bytes().decode(), [(s["start"], s["end"], s["topic"], s["position"]) for s in stances])


def gold_files():
    """The texts of `dev` and those by writers who had not seen the rules."""
    with open("corpus/manifest.csv", encoding="utf-8", newline="") as rows:
        dev = [row["document"] for row in csv.DictReader(rows) if row["split"] == "dev"]
    pairs = [(Path(f"corpus/{name}.txt"), Path(f"annotations/gold/{name}.json")) for name in dev]
    for folder in FOLDERS:
        pairs += [(p, Path(f"annotations/{folder}/{p.stem}.json")) for p in sorted(Path(f"corpus/{folder}").glob("*.txt"))]
    for text, gold in pairs:
        if text.exists() and gold.exists():
            yield with_gold(text, gold)


def nth_place(text, quote, occurrence):
    at = -1
    for _ in range(occurrence):
        at = text.find(quote, at + 1)
    return at, at + len(quote)


def lines(path, upto=None):
    """The texts of a .jsonl file whose stances are quotations."""
    for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()[:upto]):
        places = [nth_place(line["text"], s["text"], s.get("occurrence", 1)) for s in line["stances"]]
        yield Text(line["text"], [(*at, s["topic"], s["position"]) for at, s in zip(places, line["stances"])])


def snippets():
    for name, upto in SNIPPETS.items():
        yield from lines(Path("annotations/snippets") / name, upto)


def paragraphs():
    """The texts of each file of paragraphs, whose wordings no pattern was written for."""
    return [list(lines(path)) for path in sorted(PARAGRAPHS.glob("*.jsonl"))]


def pages():
    """The sentences of the pages of which nothing but cues and labels is kept (`bag.py`)."""
    for number, line in enumerate(PAGES.read_text(encoding="utf-8").splitlines()):
        for sentence in json.loads(line):
            cues = sentence["cues"]
            if sentence.get("negates"):
                cues += [NEGATED + cue for cue in cues if " " not in cue and cue[0] != "~" and not cue[0].isupper()]
            yield Sentence(number, cues, set(), set(map(tuple, sentence.get("gold", []))))


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
                    yield Text(plain.replace("[", "").replace("]", "").strip(), [(start, end, topic, position)])
            for example in rule.get("no", []):
                if "=>" not in example:
                    yield Text(re.sub(r"[\[\]{}]", "", example), [])


def sentences(texts):
    """The sentences of texts."""
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
        for sentence, gold in zip(found[number], labels):
            yield Sentence(number, sentence["cues"], set(map(tuple, sentence["stated"])), gold)


def stems_of(words):
    """The stems of words."""
    lines = "".join(f"{word}\n" for word in words)
    return subprocess.run([CUES, "--stems"], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()


def plain_words(texts):
    """The words that stand in lower case, or in capitals and never as names do, with their stems: at the head of a
    sentence, and in datelines, names look like words."""
    texts = [text for text, _ in texts]
    found = lambda pattern: {word.lower() for text in texts for word in re.findall(pattern, text)}
    plain = found(r"\b[a-z'’][a-z'’.]*") | found(r"\b[A-Z]{2,}\b") - found(r"\b[A-Z][a-z]+\b")
    return plain.union(stems_of(sorted(plain)))
