#!/usr/bin/env python3
"""Compares the coefficients of agreement with krippendorff, pygamma-agreement, scikit-learn and statsmodels.

Run from the root of the repository:

    python3.11 benches/peers/agreement.py            # writes benches/peers/AGREEMENT.md
    python3.11 benches/peers/agreement.py --check    # the same comparison, writes nothing

The tools are installed into a virtual environment outside the repository (--venv DIR to keep it).
Exit status 1 where two tools disagree that ought to agree.
"""

import argparse
import json
import logging
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import warnings

PACKAGES = ["krippendorff==0.9.0", "pygamma-agreement==0.5.9", "scikit-learn==1.9.1", "statsmodels==0.15.0", "cvxopt==1.3.2"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "benches/peers/AGREEMENT.md"
TOLERANCE = 1e-9
SAMPLES = 30
DOCUMENTS = 10_000


def reexecute_in(venv):
    """Restarts this script in a virtual environment that has the tools."""
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    os.execv(python, [python, __file__, *sys.argv[1:], "--inside"])


def goldrule(binary, tasks):
    """Figures of each task, by the same library calls that `goldrule agree` makes."""
    lines = "".join(json.dumps(task) + "\n" for task in tasks)
    done = subprocess.run([binary], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def said(coefficient):
    """A value as the page shows it."""
    if coefficient["value"] is None:
        return f"undefined, `{coefficient['undefined']}`"
    return f"{coefficient['value']:.4f}"


# Labels of given units


def tables(cases, seed):
    """(annotators, categories, units): each unit has a label of every annotator, or with some missing."""
    rng = random.Random(seed)
    for case in range(cases):
        annotators, categories = rng.randint(2, 5), rng.randint(2, 5)
        size, slip = rng.randint(2, 40), rng.random()
        missing = rng.random() * 0.4 if case % 2 else 0.0
        units = []
        for _ in range(size):
            truth = rng.randrange(categories)
            labels = [rng.randrange(categories) if rng.random() < slip else truth for _ in range(annotators)]
            units.append([None if rng.random() < missing else label for label in labels])
        yield annotators, categories, units


def attempt(call):
    """What a tool gives or raises; warnings are not shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return call()
        except Exception as error:  # whatever it is belongs on the page
            return error


def counted(categories, units):
    import numpy as np

    return np.array([[unit.count(label) for label in range(categories)] for unit in units])


def peers(annotators, categories, units):
    """(our key, tool, call) for what the table can be put to."""
    import krippendorff
    import numpy as np
    from sklearn.metrics import cohen_kappa_score
    from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

    data = [[np.nan if unit[at] is None else unit[at] for unit in units] for at in range(annotators)]
    yield "alpha", "krippendorff", lambda: krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    if any(label is None for unit in units for label in unit):
        return
    table = counted(categories, units)
    yield "pi", "statsmodels, fleiss_kappa", lambda: fleiss_kappa(table)
    yield "s", "statsmodels, fleiss_kappa uniform", lambda: fleiss_kappa(table, method="uniform")
    if annotators == 2:
        a, b = [unit[0] for unit in units], [unit[1] for unit in units]
        square = np.zeros((categories, categories))
        for one, other in units:
            square[one, other] += 1
        yield "kappa", "scikit-learn, cohen_kappa_score", lambda: cohen_kappa_score(a, b)
        yield "kappa", "statsmodels, cohens_kappa", lambda: cohens_kappa(square, return_results=False)


def compare_tables(binary, cases, seed):
    """Tallies by tool: cases, equal ones, greatest difference, cases without a figure; and faults."""
    tallies, faults = {}, []
    given = list(tables(cases, seed))
    ours = goldrule(binary, [{"units": units, "categories": k} for _, k, units in given])
    for (annotators, categories, units), own in zip(given, ours, strict=True):
        for key, tool, call in peers(annotators, categories, units):
            tally = tallies.setdefault(tool, [0, 0, 0.0, 0])
            tally[0] += 1
            theirs, value = attempt(call), own[key]["value"]
            defined = not isinstance(theirs, Exception) and math.isfinite(theirs)
            if defined and value is not None:
                difference = abs(float(theirs) - value)
                tally[2] = max(tally[2], difference)
                tally[1] += difference <= TOLERANCE
                if difference > TOLERANCE:
                    faults.append(f"{tool}: {units} {value} {theirs}")
            else:
                tally[3] += 1
                if value is None and own[key]["undefined"] is None:
                    faults.append(f"{tool}: no reason given: {units}")
                if value is not None:
                    faults.append(f"{tool} has no figure where goldrule has {value}: {units}")
    return tallies, faults


EDGES = [
    ("full agreement on one label", [[0, 0], [0, 0], [0, 0]]),
    ("one unit, agreed on", [[1, 1]]),
    ("one unit, disagreed on", [[0, 1]]),
    ("each annotator with one label, not the same", [[0, 1], [0, 1], [0, 1]]),
    ("no unit", []),
    ("no unit with two labels", [[0, None], [None, 1]]),
    ("one annotator has labelled nothing", [[0, None], [1, None]]),
]


def edge_rows(binary):
    """What the tools make of cases in which a figure may not exist."""
    ours = goldrule(binary, [{"units": units, "categories": 2} for _, units in EDGES])
    names = {"kappa": "kappa", "pi": "Fleiss' kappa", "s": "S", "alpha": "alpha"}
    for (what, units), own in zip(EDGES, ours, strict=True):
        for key, tool, call in peers(2, 2, units):
            theirs = attempt(call)
            if isinstance(theirs, Exception):
                shown = f"raises `{type(theirs).__name__}: {(str(theirs).splitlines() or [''])[0][:70]}`"
            else:
                shown = f"gives {float(theirs):.4f}"
            value = own[key]["value"]
            same = not isinstance(theirs, Exception) and value is not None and abs(float(theirs) - value) < TOLERANCE
            if not same:
                yield f"| {what} | {names[key]} | {tool} {shown} | {said(own[key])} |"


# Units that have to be found


def units_of(rng, count, length, labels):
    """Distinct units in any order and with overlaps."""
    units = set()
    while len(units) < count:
        start = rng.randrange(length)
        units.add((start, start + rng.randint(1, 12), rng.randrange(labels)))
    return sorted(units)


def noisy(rng, units, length, labels):
    """What another annotator makes of the same text."""
    out = set()
    for start, end, label in units:
        if rng.random() < 0.15:
            continue
        if rng.random() < 0.4:
            start = max(0, start + rng.randint(-3, 3))
            end = max(start + 1, end + rng.randint(-3, 3))
        if rng.random() < 0.2:
            label = rng.randrange(labels)
        out.add((start, end, label))
    out |= set(units_of(rng, rng.randrange(3), length, labels))
    return sorted(out) or units_of(rng, 1, length, labels)


def texts(cases, seed, annotators):
    rng = random.Random(seed)
    for _ in range(cases):
        count = rng.randint(1, 12 if annotators == 2 else 6)
        length, labels = rng.randint(20, 150), rng.randint(1, 4)
        truth = units_of(rng, count, length, labels)
        yield length, [noisy(rng, truth, length, labels) for _ in range(annotators)]


def continuum(length, annotators):
    from pygamma_agreement import Continuum
    from pyannote.core import Segment

    made = Continuum()
    for at, units in enumerate(annotators):
        made.add_annotator(f"annotator {at}")
        for start, end, label in units:
            made.add(f"annotator {at}", Segment(float(start), float(end)), f"label {label}")
    made.bound_inf, made.bound_sup = 0.0, float(length)
    return made


def dissimilarity(a, b):
    """The combined dissimilarity with the tool's defaults, in 64 bits."""
    (start, end, label), (other_start, other_end, other_label) = a, b
    share = (abs(start - other_start) + abs(end - other_end)) / (end - start + other_end - other_start)
    return share * share + (0.0 if label == other_label else 1.0)


def disorder(alignment, annotators):
    """The disorder of an alignment of the tool, in 64 bits: it computes in 32 itself."""
    total = 0.0
    for row in alignment.unitary_alignments:
        units = [
            None if unit is None else (unit.segment.start, unit.segment.end, unit.annotation)
            for _, unit in row.n_tuple
        ]
        pairs = [(a, b) for at, a in enumerate(units) for b in units[:at]]
        total += sum(1.0 if a is None or b is None else dissimilarity(a, b) for a, b in pairs) / len(pairs)
    return total / (sum(map(len, annotators)) / len(annotators))


def compare_gamma(binary, cases, seed, annotators):
    from pygamma_agreement import CombinedCategoricalDissimilarity

    given = list(texts(cases, seed, annotators))
    ours = goldrule(binary, [{"annotators": units, "length": length} for length, units in given])
    measure = CombinedCategoricalDissimilarity()
    tally, faults = {"cases": 0, "same": 0, "exact": 0, "worst": 0.0, "raised": 0, "seen": 0.0}, []
    for (length, units), own in zip(given, ours, strict=True):
        tally["cases"] += 1
        tally["exact"] += own["exact"]
        best = attempt(lambda: continuum(length, units).get_best_alignment(measure))
        if isinstance(best, Exception):
            tally["raised"] += 1
            continue
        theirs = disorder(best, units)
        tally["seen"] = max(tally["seen"], abs(float(best.disorder) - theirs))
        difference = own["disorder"] - theirs
        tally["worst"] = max(tally["worst"], abs(difference))
        tally["same"] += abs(difference) <= TOLERANCE
        if difference > TOLERANCE and own["exact"] or own["least"] > theirs + TOLERANCE:
            faults.append(f"pygamma-agreement: {units}: {own} above {theirs}")
    return tally, faults


def gamma_edges(binary):
    """(case, the tool, goldrule) where gamma may not exist."""
    import numpy as np
    from pygamma_agreement import ShuffleContinuumSampler

    unit = [(3, 9, 0)]
    cases = [
        ("no unit", 20, [[], []]),
        ("one annotator without units", 20, [unit, []]),
        ("full agreement on one unit", 20, [unit, unit]),
        ("full agreement on a unit that fills the text", 6, [[(0, 6, 0)], [(0, 6, 0)]]),
    ]
    tasks = [{"annotators": units, "length": length, "samples": SAMPLES, "seed": 1} for _, length, units in cases]
    for (what, length, units), own in zip(cases, goldrule(binary, tasks), strict=True):
        np.random.seed(1)
        theirs = attempt(
            lambda: continuum(length, units).compute_gamma(n_samples=SAMPLES, sampler=ShuffleContinuumSampler()).gamma
        )
        shown = (
            f"raises `{type(theirs).__name__}: {(str(theirs).splitlines() or [''])[0][:70]}`"
            if isinstance(theirs, Exception)
            else f"gives {float(theirs):.4f}"
        )
        ours = own["gamma"]["gamma"]
        if isinstance(theirs, Exception) or ours["value"] is None or abs(float(theirs) - ours["value"]) > TOLERANCE:
            yield f"| {what} | gamma | pygamma-agreement {shown} | {said(ours)} |"


def gamma_speed(binary, units):
    """Seconds of both for a text of so many units: the best alignment, and gamma with its samples of chance."""
    import numpy as np
    from pygamma_agreement import CombinedCategoricalDissimilarity, ShuffleContinuumSampler

    rng = random.Random(11)
    first, at = [], 0
    for _ in range(units // 2):
        length = rng.randint(3, 20)
        first.append((at, at + length, rng.randrange(4)))
        at += length + rng.randint(1, 30)
    second = []
    for start, end, label in first:
        start = start + rng.randint(-2, 2) if start > 2 else start
        second.append((start, max(start + 1, end + rng.randint(-2, 2)), rng.randrange(4) if rng.random() < 0.1 else label))
    second = sorted(set(second))
    annotators = [first, second]
    (ours,) = goldrule(binary, [{"annotators": annotators, "length": at, "samples": SAMPLES, "seed": 1}])
    made = continuum(at, annotators)
    measure = CombinedCategoricalDissimilarity()
    small = continuum(40, [[(0, 4, 0)], [(1, 5, 0)]])
    small.compute_gamma(measure, n_samples=2, sampler=ShuffleContinuumSampler())  # compiles
    start = time.perf_counter()
    best = made.get_best_alignment(measure)
    alignment = time.perf_counter() - start
    np.random.seed(1)
    start = time.perf_counter()
    result = made.compute_gamma(measure, n_samples=SAMPLES, sampler=ShuffleContinuumSampler())
    whole = time.perf_counter() - start
    return {
        "units": len(first) + len(second),
        "ours": ours,
        "alignment": alignment,
        "whole": whole,
        "gamma": result.gamma,
        "disorder": disorder(best, annotators),
    }


# Folders of annotation files


def annotation(rng, name):
    """A document of 30 records."""
    at, agencies = 0, []

    def span(length):
        nonlocal at
        start = at + rng.randint(2, 30)
        at = start + length
        return {"text": "x" * length, "start": start, "end": at}

    for number in range(4):
        mentions = [{**span(rng.randint(3, 25)), "form": rng.choice(["name", "acronym", "nominal"])} for _ in range(5)]
        agencies.append({"id": f"agency-{number}", "name": f"Agency {number}", "kind": "police", "mentions": mentions})
    stances = [
        {"agency": f"agency-{rng.randrange(4)}", "topic": rng.choice(["enforcement", "detainers", "delegation"]),
         "position": rng.choice(["favor", "against"]), "attribution": "own", **span(rng.randint(20, 90))}
        for _ in range(5)
    ]
    citations = [
        {**span(5), "kind": "bill", "canonical": f"/us-ca/bill/sb/{rng.randrange(90)}"} for _ in range(5)
    ]
    return {"schema_version": 1, "document": name, "agencies": agencies, "stances": stances, "citations": citations}


def disturbed(rng, one):
    """The same by another annotator."""
    other = json.loads(json.dumps(one))
    for agency in other["agencies"]:
        agency["mentions"] = [m for m in agency["mentions"] if rng.random() > 0.05] or agency["mentions"]
        for mention in agency["mentions"]:
            if rng.random() < 0.05 and len(mention["text"]) > 1:
                mention["text"], mention["end"] = mention["text"][:-1], mention["end"] - 1
    for stance in other["stances"]:
        if rng.random() < 0.1:
            stance["position"] = "conditional"
    other["citations"] = [citation for citation in other["citations"] if rng.random() > 0.05]
    return other


def agree_speed(program, count, runs=3):
    """Seconds of `goldrule agree` on two folders, files read and checked; the least of a few runs."""
    rng = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        folders = [pathlib.Path(folder) / name for name in ("first", "second")]
        for each in folders:
            each.mkdir()
        for number in range(count):
            one = annotation(rng, f"document-{number:05}")
            for each, made in zip(folders, (one, disturbed(rng, one)), strict=True):
                (each / f"{one['document']}.json").write_text(json.dumps(made), encoding="utf-8")
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            done = subprocess.run([program, "agree", *folders, "--format", "json", "--jobs", "2"], capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        report = json.loads(done.stdout)
        assert report["groups"][-1]["documents"] == count
    return min(times)


def page(args, tallies, edges, pairs, triples, timing, seconds):
    ours = timing["ours"]
    lines = [
        "# Agreement beside other tools",
        "",
        "Written by `benches/peers/agreement.py`; do not edit.",
        "",
        f"{', '.join(PACKAGES)}; Python {sys.version.split()[0]}, seed {args.seed}. Two figures are the same where they "
        f"agree to {TOLERANCE:g}.",
        "",
        "## Labels of given units",
        "",
        f"{args.cases} random tables of 2 to 5 annotators, 2 to 40 units and 2 to 5 labels; every other one with labels "
        "missing, which only alpha takes.",
        "",
        "| tool | tables | same | greatest difference | without a figure |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {tool} | {tally[0]} | {tally[1]} | {tally[2]:.1e} | {tally[3]} |" for tool, tally in sorted(tallies.items())
    ]
    lines += [
        "",
        "## Best alignments",
        "",
        "Disorder of the best alignment, with the default dissimilarity of pygamma-agreement. It computes in 32 bits "
        f"(its own figure is off by up to {max(pairs['seen'], triples['seen']):.0e}); here the disorder of the alignment it "
        "chose is computed again in 64.",
        "",
        "| annotators | texts | same | greatest difference | proved best by goldrule | it raises |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {n} | {t['cases']} | {t['same']} | {t['worst']:.1e} | {t['exact']} | {t['raised']} |"
        for n, t in ((2, pairs), (3, triples))
    ]
    lines += [
        "",
        "## Where a figure may not exist",
        "",
        "Cases in which a tool raises, gives nan, or gives another figure. goldrule says why there is none: "
        "`one_label`: only one label is in use, so agreement is full and so is that expected by chance; `no_units`: nothing "
        "was labelled by two; `one_annotator`: only one has labelled anything; `incomplete`: no unit has every label.",
        "",
        "| case | coefficient | tool | goldrule |",
        "| --- | --- | --- | --- |",
        *edges,
        "",
        "## Time",
        "",
        f"One text of {timing['units']} units by two annotators, both tools in the same run: best alignment goldrule "
        f"{ours['alignment_seconds'] * 1000:.1f} ms, pygamma-agreement {timing['alignment']:.1f} s "
        f"({timing['alignment'] / ours['alignment_seconds']:.0f} times); disorder {ours['disorder']:.12f} and "
        f"{timing['disorder']:.12f}. Gamma with {SAMPLES} samples of chance: goldrule {ours['seconds']:.3f} s, "
        f"pygamma-agreement {timing['whole']:.0f} s ({timing['whole'] / ours['seconds']:.0f} times); gamma "
        f"{ours['gamma']['gamma']['value']:.4f} ({ours['gamma']['interval'][0]:.4f}–{ours['gamma']['interval'][1]:.4f}) and "
        f"{timing['gamma']:.4f}, samples being random.",
        "",
        f"`goldrule agree` over {DOCUMENTS} documents of about 30 records by two annotators, files read and checked, every "
        f"coefficient but gamma, on 2 threads: {seconds:.2f} s.",
        "",
    ]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--venv", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "goldrule-agreement-peers")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20250120)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not args.inside:
        reexecute_in(args.venv)
    logging.disable(logging.CRITICAL)
    build = ["cargo", "build", "--release", "--quiet", "-p", "goldrule", "-p", "goldrule-benches",
             "--bin", "goldrule", "--bin", "agreement"]
    subprocess.run(build, cwd=ROOT, check=True)
    programs = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    binary = programs / "agreement"
    tallies, faults = compare_tables(binary, args.cases, args.seed)
    pairs, more = compare_gamma(binary, args.texts, args.seed, 2)
    triples, most = compare_gamma(binary, args.texts // 2, args.seed, 3)
    faults += more + most
    edges = [*edge_rows(binary), *gamma_edges(binary)]
    timing = gamma_speed(binary, args.units)
    if timing["ours"]["disorder"] > timing["disorder"] + TOLERANCE:
        faults.append(f"the long text: {timing['ours']['disorder']} above {timing['disorder']}")
    seconds = agree_speed(programs / "goldrule", DOCUMENTS)
    text = page(args, tallies, edges, pairs, triples, timing, seconds)
    if args.check:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}")
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
