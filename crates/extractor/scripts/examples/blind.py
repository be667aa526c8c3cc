#!/usr/bin/env python3
"""Makes `rules/blind.txt`: examples of rules out of sentences whose writers had not seen the rules.

The sentences stand in `annotations/paragraphs`, each annotated by its writer. A `yes` is a sentence in which a rule
finds the position that the annotator gave it, for the holder he gave, with his words in square brackets; up to three
sentences before it stand with it where it takes them to know who is meant. A `no` is one in which the annotator saw no position,
given to the rule whose own examples share most with it. What no rule finds is no example: the share that was found at
the first run of each file is in `annotations/paragraphs/README.md`.

    cargo build --release -p goldrule
    python3 crates/extractor/scripts/examples/blind.py            # writes rules/blind.txt
    cargo build --release -p goldrule                             # puts it into the program
    python3 crates/extractor/scripts/examples/blind.py --prune    # takes out what its rule states elsewhere in the sentence
"""

import argparse
import collections
import json
import math
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
CRATE = ROOT / "crates" / "extractor"
OUT = CRATE / "rules" / "blind.txt"
YES_OF_RULE, NO_OF_RULE = 90, 4
LONGEST = 700
ENDS = re.compile(r"(?<=[.?!])[\"”]?\s+(?=[\"“]?[A-Z])|\n+")
ABBREVIATED = re.compile(r"(\b(Mr|Ms|Mrs|Dr|Gov|Sen|Rep|Sgt|Lt|Capt|Col|Maj|St|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|v|U\.S|[A-Z])\.)$")
WORD = re.compile(r"[a-z][a-z'’-]+")


def sentences(text):
    """Spans of the sentences of a text, as near as abbreviations let a pattern come."""
    start, spans = 0, []
    for end in ENDS.finditer(text):
        if "\n" not in end.group() and ABBREVIATED.search(text[: end.start()]):
            continue
        spans.append((start, end.start() + len(end.group()) - len(end.group().lstrip("\"”"))))
        start = end.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def paragraphs():
    for path in sorted((ROOT / "annotations" / "paragraphs").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def usable(text):
    return len(text) <= LONGEST and not re.search(r"[\[\]{}\t\n]|=>", text)


def extract(goldrule, texts):
    """What the extractor finds in each text: its stances with the names of their holders."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": f"{number:06}", "text": text}) + "\n")
        file.flush()
        lines = subprocess.run(
            [goldrule, "extract", "-q", "--format", "jsonl", file.name], capture_output=True, text=True, check=True
        ).stdout.splitlines()
    found = [None] * len(texts)
    for line in lines:
        document = json.loads(line)
        names = {agency["id"]: agency["name"] for agency in document["agencies"]}
        found[int(document["document"])] = [dict(s, holder=names[s["agency"]]) for s in document["stances"]]
    return found


def same_holder(one, two):
    """Whether two names begin with the same word, an article apart."""
    bare = [re.sub(r"^(the|city of|town of|village of|state of) ", "", name.lower()).split() for name in (one, two)]
    two_words = {"new", "st.", "san", "santa", "los", "las", "el", "la", "fort", "port", "lake", "north", "south", "east", "west"}
    lead = [words[: 2 if words[:1] and words[0] in two_words else 1] for words in bare]
    return bool(lead[0]) and lead[0] == lead[1]


def positives(goldrule):
    """Every annotated position that a rule finds in its sentence, or with up to three before it."""
    wanted = []
    for paragraph in paragraphs():
        text = paragraph["text"]
        spans = sentences(text)
        for stance in paragraph["stances"]:
            at = text.find(stance["text"])
            own = next((i for i, (a, b) in enumerate(spans) if a <= at and at + len(stance["text"]) <= b), None)
            if at < 0 or own is None or text.count(stance["text"]) != 1:
                continue
            for before in (0, 1, 2, 3):
                first = spans[max(0, own - before)][0]
                wanted.append((text[first : spans[own][1]], at - first, stance, before))
    wanted = [w for w in wanted if usable(w[0])]
    done, kept = set(), []
    for (text, at, stance, before), found in zip(wanted, extract(goldrule, [w[0] for w in wanted])):
        end = at + len(stance["text"])
        key = (stance["text"], stance["topic"])
        for one in found or []:
            overlap = min(end, one["end"]) - max(at, one["start"])
            same = (one["topic"], one["position"]) == (stance["topic"], stance["position"])
            if key not in done and overlap > 0 and same and same_holder(one["holder"], stance["agency"]):
                done.add(key)
                marked = text[:at] + "[" + text[at:end] + "]" + text[end:]
                kept.append((one["rule"], f"{marked} => {stance['position']}"))
    return kept


def words_of_rules():
    """The words of each rule's own examples."""
    words = {}
    for path in sorted((CRATE / "rules").glob("**/*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            if rule["id"].startswith("stance."):
                words[rule["id"]] = {w for example in rule["yes"] for w in WORD.findall(example.lower())}
    return words


def negatives(goldrule):
    """Sentences without a position, each given to the rule whose examples share most with it."""
    texts = []
    for paragraph in paragraphs():
        text = paragraph["text"]
        marked = [(text.find(s["text"]), text.find(s["text"]) + len(s["text"])) for s in paragraph["stances"]]
        for a, b in sentences(text):
            if usable(text[a:b]) and b - a > 50 and all(end <= a or start >= b for start, end in marked):
                texts.append(text[a:b])
    texts = list(dict.fromkeys(texts))
    rules = words_of_rules()
    spread = collections.Counter(word for words in rules.values() for word in words)
    weight = {word: math.log(len(rules) / count) for word, count in spread.items()}
    taken, kept = collections.Counter(), []
    for text, found in zip(texts, extract(goldrule, texts)):
        own = set(WORD.findall(text.lower()))
        scores = sorted(((sum(weight[w] for w in own & words), rule) for rule, words in rules.items()), reverse=True)
        firing = {one["rule"] for one in found or []}
        rule = next((r for s, r in scores[:6] if s > 4 and taken[r] < NO_OF_RULE and r not in firing), None)
        if rule:
            taken[rule] += 1
            kept.append((rule, text))
    return kept


def prune(goldrule):
    """Takes out the lines that fail."""
    out = subprocess.run([goldrule, "rules", "test"], capture_output=True, text=True).stdout
    failing = {int(n) for n in re.findall(r"^rules/blind\.txt:(\d+):", out, re.M)}
    lines = OUT.read_text(encoding="utf-8").splitlines()
    OUT.write_text("".join(f"{line}\n" for n, line in enumerate(lines, 1) if n not in failing), encoding="utf-8")
    print(f"{len(failing)} of {len(lines)} lines taken out")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--goldrule", default=str(ROOT / "target" / "release" / "goldrule"))
    parser.add_argument("--prune", action="store_true", help="only take out the lines that fail")
    arguments = parser.parse_args()
    if arguments.prune:
        return prune(arguments.goldrule)
    of_rule = collections.defaultdict(list)
    for rule, example in sorted(positives(arguments.goldrule), key=lambda one: (one[0], len(one[1]), one[1])):
        of_rule[rule].append(example)
    lines = [f"yes\t{rule}\t{one}" for rule in sorted(of_rule) for one in of_rule[rule][:YES_OF_RULE]]
    yes = len(lines)
    lines += sorted(f"no\t{rule}\t{text}" for rule, text in negatives(arguments.goldrule))
    OUT.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{yes} yes, {len(lines) - yes} no")


if __name__ == "__main__":
    sys.exit(main())
