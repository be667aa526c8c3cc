#!/usr/bin/env python3
"""Compares the scorer with nervaluate, seqeval and scikit-learn on seeded random documents.

Run from the root of the repository:

    python3 benches/peers/scoring.py            # writes benches/peers/SCORING.md
    python3 benches/peers/scoring.py --check    # the same comparison, writes nothing

The tools are installed into a virtual environment outside the repository (--venv DIR to keep it).
Exit status 1 where two tools disagree that ought to agree.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

PACKAGES = ["nervaluate==1.2.1", "seqeval==1.2.2", "scikit-learn==1.9.1"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "benches/peers/SCORING.md"
LABELS = ["agency", "stance", "bill", "statute"]
TOLERANCE = 1e-9
SHUFFLES = 8
SCHEMES = ["strict", "exact", "partial", "type"]


def reexecute_in(venv):
    """Restarts this script in a virtual environment that has the tools."""
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    os.execv(python, [python, __file__, *sys.argv[1:], "--inside"])


# Documents


def flat(rng, count):
    """Spans that do not overlap."""
    spans, at = [], rng.randrange(6)
    for _ in range(count):
        length = rng.randint(1, 9)
        spans.append((at, at + length, rng.randrange(len(LABELS))))
        at += length + rng.randrange(1, 8)
    return spans


def nested(rng, count):
    """Spans that lie within one another or apart."""
    spans = []
    for start, end, label in flat(rng, (count + 1) // 2):
        wide = (3 * start, 3 * end, label)
        spans.append(wide)
        if len(spans) < count:
            inner = rng.randrange(wide[0], wide[1])
            spans.append((inner, rng.randint(inner + 1, wide[1]), rng.randrange(len(LABELS))))
    return spans


def crossing(rng, count):
    """Spans anywhere."""
    spans = []
    for _ in range(count):
        start = rng.randrange(40)
        spans.append((start, start + rng.randint(1, 12), rng.randrange(len(LABELS))))
    return list(dict.fromkeys(spans))


def system(rng, gold, slip, lone):
    """What a system makes of gold: spans lost, moved, relabelled and made up."""
    pred = []
    for start, end, label in gold:
        if rng.random() < 0.15:
            continue
        if rng.random() < slip:
            start = max(0, start + rng.randint(-3, 3))
            end = max(start + 1, end + rng.randint(-3, 3))
        if rng.random() < 0.15:
            label = rng.randrange(len(LABELS))
        pred.append((start, end, label))
    for _ in range(lone):
        if rng.random() < 0.3:
            start = rng.randrange(60)
            pred.append((start, start + rng.randint(1, 9), rng.randrange(len(LABELS))))
    return list(dict.fromkeys(pred))


def without_overlap(spans):
    """The spans, from left to right, that overlap none before them."""
    kept, end = [], 0
    for span in sorted(spans):
        if span[0] >= end:
            kept.append(span)
            end = span[1]
    return kept


def documents(cases, seed):
    """(kind, gold, pred), in the order in which a file might have them."""
    rng = random.Random(seed)
    kinds = ["flat, ends right", "flat", "nested", "crossing", "repeated", "empty"]
    for case in range(cases):
        kind = kinds[case % (len(kinds) - 1)] if case % 50 else "empty"
        count = rng.randint(1, 8)
        if kind == "flat, ends right":
            gold = flat(rng, count)
            pred = without_overlap(system(rng, gold, 0.0, 0))
        elif kind == "flat":
            gold = flat(rng, count)
            pred = without_overlap(system(rng, gold, 0.5, 2))
        elif kind == "nested":
            gold = nested(rng, count)
            pred = system(rng, gold, 0.4, 2)
        elif kind == "crossing":
            gold = crossing(rng, count)
            pred = system(rng, gold, 0.4, 2)
        elif kind == "repeated":
            gold = flat(rng, count)
            pred = system(rng, gold, 0.3, 1)
            pred += [span for span in pred if rng.random() < 0.3]
        else:
            gold = flat(rng, rng.randrange(2) * count)
            pred = [] if gold else flat(rng, rng.randrange(2) * count)
        rng.shuffle(gold)
        rng.shuffle(pred)
        yield kind, gold, pred


# The tools


def of_nervaluate(gold, pred):
    from nervaluate import Evaluator

    def entities(spans):
        return [{"label": LABELS[label], "start": start, "end": end - 1} for start, end, label in spans]

    evaluator = Evaluator([entities(gold)], [entities(pred)], tags=LABELS, loader="dict")
    overall = evaluator.evaluate()["overall"]
    names = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
    return {
        scheme: {
            key: getattr(overall[name], key)
            for key in ["correct", "incorrect", "partial", "missed", "spurious", "precision", "recall", "f1"]
        }
        for scheme, name in names.items()
    }


def tags(spans, length, prefix):
    """One tag a character: IOB2 with `prefix`, plain labels without."""
    row = ["O"] * length
    for start, end, label in spans:
        for at in range(start, end):
            row[at] = (("B-" if at == start else "I-") if prefix else "") + LABELS[label]
    return row


def of_seqeval(gold, pred):
    from seqeval.metrics import f1_score, precision_score, recall_score

    length = max([end for _, end, _ in gold + pred], default=0) + 1
    rows = [tags(gold, length, True)], [tags(pred, length, True)]
    return {
        average: [score(*rows, average=average, zero_division=0)
                  for score in (precision_score, recall_score, f1_score)]
        for average in ["micro", "macro", "weighted"]
    }


def of_sklearn(gold, pred):
    from sklearn.metrics import precision_recall_fscore_support

    length = max([end for _, end, _ in gold + pred], default=0) + 1
    rows = tags(gold, length, False), tags(pred, length, False)
    return precision_recall_fscore_support(*rows, labels=LABELS, average="micro", zero_division=0)[:3]


def goldrule(binary, cases):
    lines = "".join(json.dumps({"gold": gold, "pred": pred}) + "\n" for _, gold, pred in cases)
    done = subprocess.run([binary], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


# The comparison


def number(figure):
    """Other tools print 0 where nothing is below the line."""
    return 0.0 if figure is None else figure


def differs(ours, theirs):
    return any(abs(number(a) - number(b)) > TOLERANCE for a, b in zip(ours, theirs, strict=True))


def prf(figures):
    return [figures["precision"], figures["recall"], figures["f1"]]


class Tally:
    """What became of the cases of one tool, scheme and kind of document."""

    def __init__(self):
        self.cases = self.same = self.unstable = self.stable_but_other = 0
        self.swing = self.below = 0.0

    def row(self):
        return (
            f"{self.cases} | {self.same} | {self.unstable} | {self.stable_but_other} "
            f"| {self.swing:.3f} | {self.below:.3f}"
        )


def compare_nervaluate(cases, ours, seed):
    """Tallies by scheme and kind; faults of compat; for each reason the smallest example."""
    rng = random.Random(seed + 1)
    tallies, faults, examples = {}, [], {}
    for (kind, gold, pred), own in zip(cases, ours, strict=True):
        given = of_nervaluate(gold, pred)
        orders = [given]
        for _ in range(SHUFFLES):
            orders.append(of_nervaluate(rng.sample(gold, len(gold)), rng.sample(pred, len(pred))))
        for scheme in SCHEMES:
            if any(given[scheme][key] != number(own["nervaluate"][scheme][key]) for key in
                   ["correct", "incorrect", "partial", "missed", "spurious"]):
                faults.append(f"nervaluate {scheme}: {gold} {pred}")
            if differs(prf(own["nervaluate"][scheme]), prf(given[scheme])):
                faults.append(f"nervaluate {scheme} ratios: {gold} {pred}")
            f1s = [order[scheme]["f1"] for order in orders]
            best = number(own["own"][scheme]["f1"])
            tally = tallies.setdefault((scheme, kind), Tally())
            tally.cases += 1
            tally.swing = max(tally.swing, max(f1s) - min(f1s))
            tally.below = max(tally.below, best - min(f1s))
            if max(f1s) - min(f1s) > TOLERANCE:
                tally.unstable += 1
                reason = "order"
                if not own["order_dependent"]:
                    faults.append(f"order dependence not seen: {gold} {pred}")
            elif differs(prf(own["own"][scheme]), prf(given[scheme])):
                tally.stable_but_other += 1
                reason = "nearer label" if f1s[0] > best else "stable"
                if scheme in ("strict", "exact") and f1s[0] > best + TOLERANCE:
                    faults.append(f"goldrule below nervaluate, {scheme}: {gold} {pred}")
            else:
                tally.same += 1
                continue
            size = len(gold) + len(pred)
            key = (scheme, reason)
            if key not in examples or size < examples[key][0]:
                examples[key] = (size, gold, pred, best, min(f1s), max(f1s))
    return tallies, faults, examples


def compare_flat(cases, ours):
    """seqeval and scikit-learn, where their form can hold the documents at all."""
    counts, faults = {"seqeval": 0, "scikit-learn": 0}, []
    for (kind, gold, pred), own in zip(cases, ours, strict=True):
        if not kind.startswith("flat") and kind != "empty":
            continue
        theirs = of_seqeval(gold, pred) if gold or pred else None
        for average in ["micro", "macro", "weighted"] if theirs else []:
            counts["seqeval"] += 1
            if differs(prf(own["seqeval"][average]), theirs[average]):
                faults.append(f"seqeval {average}: {gold} {pred} {own['seqeval'][average]} {theirs[average]}")
        counts["scikit-learn"] += 1
        if differs(prf(own["own"]["characters"]), of_sklearn(gold, pred)):
            faults.append(f"scikit-learn: {gold} {pred}")
    return counts, faults


def crashes():
    """What the tools do with nothing."""
    from nervaluate import Evaluator
    from seqeval.metrics import f1_score

    def attempt(call):
        try:
            return f"gives {call()!r}"
        except Exception as error:  # whatever it is belongs on the page
            return f"raises `{type(error).__name__}: {error}`"

    span = [{"label": "agency", "start": 0, "end": 4}]
    return [
        ("nervaluate, first document empty, loader left to be inferred",
         attempt(lambda: Evaluator([[], span], [[], span], tags=["agency"]).evaluate()["overall"]["strict"].f1)),
        ("nervaluate, nothing on either side",
         attempt(lambda: Evaluator([[]], [[]], tags=["agency"], loader="dict").evaluate()["overall"]["strict"].f1)),
        ("nervaluate, no document", attempt(lambda: Evaluator([], [], tags=["agency"], loader="dict").evaluate()["overall"])),
        ("seqeval, nothing on either side", attempt(lambda: float(f1_score([["O"]], [["O"]], zero_division=0)))),
    ]


# Speed


def speed(binary, count, sample):
    """Seconds of goldrule and of nervaluate on the same documents in memory; nervaluate on a sample."""
    from nervaluate import Evaluator
    from nervaluate.entities import Entity

    rng = random.Random(7)
    lines, first = [], []
    for number_of in range(count):
        gold = flat(rng, 30)
        pred = [(s, e + (rng.random() < 0.15), rng.randrange(4) if rng.random() < 0.1 else label)
                for s, e, label in gold if rng.random() > 0.1]
        lines.append(json.dumps({"gold": gold, "pred": pred}))
        if number_of < sample:
            first.append((gold, pred))
    result = subprocess.run([binary, "--time"], input="\n".join(lines), capture_output=True, text=True, check=True)
    ours = json.loads(result.stdout)

    def entities(spans):
        return [Entity(label=LABELS[label], start=start, end=end - 1) for start, end, label in spans]

    evaluator = Evaluator([[]], [[]], tags=LABELS, loader="dict")
    evaluator.true = [entities(gold) for gold, _ in first]
    evaluator.pred = [entities(pred) for _, pred in first]
    start = time.perf_counter()
    evaluator.evaluate()
    seconds = (time.perf_counter() - start) * count / sample
    return ours, seconds


REASONS = {
    "order": "the tool's own figure changes with the order of the spans",
    "stable": "the tool takes the first span it meets in any order tried, and misses a better pairing",
    "nearer label": "the tool pairs anew for each scheme; goldrule has one alignment, exact spans first, so that "
                    "the categories of all four schemes speak of the same pairs",
}


def page(cases, seed, tallies, counts, examples, empties, timing):
    lines = [
        "# The scorer beside other tools",
        "",
        "Written by `benches/peers/scoring.py`; do not edit.",
        "",
        f"{len(cases)} random documents (seed {seed}), flat, nested, crossing, with repeats and empty; "
        f"{', '.join(PACKAGES)}. Figures are the same where precision, recall and F1 agree to {TOLERANCE:g}; "
        "an undefined figure, which other tools print as 0, is taken for 0.",
        "",
        "## nervaluate",
        "",
        "*Unstable*: nervaluate itself gives another F1 when the spans of the document are shuffled "
        f"({SHUFFLES} shuffles). *Other*: stable, but not what goldrule says. *Swing*: by how much a shuffle moves "
        "nervaluate's F1. *Below*: how far it falls below the best pairing.",
        "",
        "| scheme | documents | cases | same | unstable | other | swing, at most | below, at most |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [f"| {scheme} | {kind} | {tally.row()} |" for (scheme, kind), tally in sorted(tallies.items())]
    lines += [
        "",
        "`--compat nervaluate` gives nervaluate's own counts in every one of these cases, in the order of the "
        "input, and says where they are order-dependent.",
        "",
        "### Why, by the smallest example",
        "",
    ]
    for (scheme, reason), (_, gold, pred, best, low, high) in sorted(examples.items()):
        spread = f"{low:.4f}" if high - low < TOLERANCE else f"{low:.4f} to {high:.4f}"
        lines.append(f"- **{scheme}**: {REASONS[reason]}. Gold `{gold}`, predicted `{pred}`: "
                     f"goldrule {best:.4f}, nervaluate {spread}.")
    lines += [
        "",
        "## seqeval and scikit-learn",
        "",
        f"seqeval agrees in all {counts['seqeval']} comparisons (micro, macro and weighted averages of strict "
        f"spans), scikit-learn in all {counts['scikit-learn']} (single characters, micro). Both read one tag a "
        "token: overlapping spans cannot be put to them.",
        "",
        "## Nothing to score",
        "",
        "goldrule gives `null`, shown as “–”, wherever nothing is below the line.",
        "",
    ]
    lines += [f"- {what}: {result}" for what, result in empties]
    if timing:
        ours, seconds, sample = timing
        lines += [
            "",
            "## Time",
            "",
            f"{ours['documents']} documents of 30 gold spans, spans in memory to every figure: goldrule "
            f"{ours['seconds']:.2f} s and at most {ours['peak_megabytes']} MB, nervaluate {seconds:.0f} s "
            f"({sample} of the documents, the rest in proportion): {seconds / ours['seconds']:.0f} times.",
        ]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=3600)
    parser.add_argument("--seed", type=int, default=20250101)
    parser.add_argument("--venv", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "goldrule-peers")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--documents", type=int, default=100_000, help="documents of the timing; 0 for none")
    parser.add_argument("--sample", type=int, default=2_000, help="how many of them nervaluate is given")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not args.inside:
        reexecute_in(args.venv)
    # Selected as `.ci/run` does, so that nothing is compiled twice.
    build = ["cargo", "build", "--quiet", "--release", "-p", "goldrule", "-p", "goldrule-benches", "--bin", "score-spans"]
    subprocess.run(build, cwd=ROOT, check=True)
    binary = ROOT / "target/release/score-spans"
    cases = list(documents(args.cases, args.seed))
    ours = goldrule(binary, cases)
    tallies, faults, examples = compare_nervaluate(cases, ours, args.seed)
    counts, more = compare_flat(cases, ours)
    faults += more
    timing = None
    if args.documents:
        timing = (*speed(binary, args.documents, args.sample), args.sample)
    text = page(cases, args.seed, tallies, counts, examples, crashes(), timing)
    if args.check:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}")
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} disagreements where there should be none", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
