#!/usr/bin/env python3
"""Loads goldrule's exports in spaCy, dkpro-cassis and a parser of brat's grammar, and compares every span.

Run from the root of the repository:

    python3 benches/peers/formats.py            # writes benches/peers/FORMATS.md
    python3 benches/peers/formats.py --check    # the same comparison, writes nothing

The tools are installed into a virtual environment outside the repository (--venv DIR to keep it).
Exit status 1 where a tool sees another span, or another text under it, than the gold file says.
"""

import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

PACKAGES = ["spacy==3.8.18", "dkpro-cassis==0.12.0"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "benches/peers/FORMATS.md"
PIECES = {
    "emoji": ["👮🏽‍♀️", "🚓", "👩‍👩‍👧"],
    "combining marks": ["e\u0301", "n\u0303o", "Ẹ\u0300"],
    "CRLF": ["\r\n", ".\r\n\r\n"],
    "right to left": ["שלום", "شرطة"],
    "other": ["\u00a0", "𝔘", "\t", "“don’t”", " ", " ", " "],
    "words": ["Troy", "police", "do", "not", "ask", "§", "1373", "SB", "54", "sheriff’s"],
}


def reexecute_in(venv):
    """Restarts this script in a virtual environment that has the tools."""
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    os.execv(python, [python, __file__, *sys.argv[1:], "--inside"])


# Documents


def document(rng, number):
    """A text of words, marks and line ends, and a gold file over it."""
    text = "".join(
        rng.choice(PIECES[rng.choice(list(PIECES))]) + rng.choice(["", " ", " "]) for _ in range(rng.randint(12, 40))
    )
    free, spans = 0, []
    while free < len(text) - 2 and len(spans) < 9:
        start = free + rng.randrange(4)
        end = start + rng.randint(1, 12)
        if end > len(text):
            break
        spans.append((start, end))
        free = end + rng.randrange(1, 6)
    # A span that begins or ends with white space is nothing that an annotator marks.
    spans = [(s, e) for s, e in spans if text[s:e].strip() == text[s:e]]
    mentions, citations, agencies = spans[::2], spans[1::2], []
    for index, (start, end) in enumerate(mentions):
        mention = {"text": text[start:end], "start": start, "end": end, "form": "name"}
        if index % 5 == 4:
            mention["fragments"] = None
        if index % 2 == 0:
            agencies.append({"id": f"agency-{index}", "name": f"Agency {index}", "kind": "police", "mentions": []})
        agencies[-1]["mentions"].append(mention)
    for agency in agencies:
        for mention in agency["mentions"]:
            mention.pop("fragments", None)
            start, end = mention["start"], mention["end"]
            if end - start >= 5 and not re.search(r"\s", text[start:end]):
                mention["fragments"] = [[start, start + 2], [start + 3, end]]
    stances = [
        {"agency": agency["id"], "topic": "enforcement", "position": "against", "attribution": "own",
         "text": text[s:e], "start": s, "end": e}
        for agency in agencies[:2]
        for s, e in [(mentions[0][0], mentions[-1][1])]
    ]
    gold = {
        "schema_version": 1, "document": f"d{number:03}", "agencies": agencies, "stances": stances,
        "citations": [{"text": text[s:e], "start": s, "end": e, "kind": "bill"} for s, e in citations],
    }
    return text, gold


def spans_of(gold):
    """(start, end, sort, fragments) of each record."""
    found = []
    for agency in gold["agencies"]:
        for mention in agency["mentions"]:
            found.append((mention["start"], mention["end"], "Agency", mention.get("fragments")))
    found += [(s["start"], s["end"], "Stance", None) for s in gold["stances"]]
    found += [(c["start"], c["end"], "Citation", None) for c in gold["citations"]]
    return sorted(found, key=str)


# The readers

T_LINE = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)\Z", re.DOTALL)
OTHER = re.compile(
    r"(?:A\d+\t\S+ T\d+ \S+|R\d+\t\S+ Arg1:T\d+ Arg2:T\d+|\*\t\S+ T\d+(?: T\d+)+|#\d+\tAnnotatorNotes T\d+\t.*)\Z"
)


def read_brat(folder, name):
    """Text-bound annotations as https://brat.nlplab.org/standoff.html has them; each checked as the server does."""
    text = (folder / f"{name}.txt").read_bytes().decode("utf-8")
    found = []
    # Lines as Python's codecs break them, which is how the server reads the file.
    for line in (folder / f"{name}.ann").read_bytes().decode("utf-8").splitlines():
        match = T_LINE.match(line)
        if not match:
            if not OTHER.match(line):
                raise ValueError(f"{name}: not a line of brat: {line!r}")
            continue
        pieces = [tuple(map(int, piece.split())) for piece in match[3].split(";")]
        quote = " ".join(text[start:end] for start, end in pieces).replace("\t", " ")
        if quote != match[4]:
            raise ValueError(f"{name}: {match[4]!r} is not {quote!r}")
        gaps = [text[a[1]:b[0]] for a, b in zip(pieces, pieces[1:])]
        broken = all(gap and not gap.strip("\r\n") for gap in gaps)
        fragments = None if broken else [list(piece) for piece in pieces]
        found.append((pieces[0][0], pieces[-1][1], match[2], fragments))
    return text, sorted(found, key=str)


def read_prodigy(line):
    """Tokens and spans as spaCy builds them; a span that no tokens bound is an error."""
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.blank("en")
    task = json.loads(line)
    words, spaces = [t["text"] for t in task["tokens"]], [t["ws"] for t in task["tokens"]]
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    if doc.text != task["text"]:
        raise ValueError(f"the tokens give {doc.text!r}")
    spans = []
    for given in task["spans"]:
        span = doc.char_span(given["start"], given["end"], label=given["label"])
        if span is None or span.text != given["text"]:
            raise ValueError(f"no span of tokens: {given}")
        if (span.start, span.end - 1) != (given["token_start"], given["token_end"]):
            raise ValueError(f"other tokens: {given}")
        spans.append(span)
    doc.spans["goldrule"] = spans
    found = [(s.start_char, s.end_char, s.label_.split("/")[0].capitalize()) for s in doc.spans["goldrule"]]
    return doc.text, sorted(found, key=str)


def read_cas(folder, name):
    """What dkpro-cassis makes of the file, with the type system from it and from the XML."""
    from cassis import load_cas_from_json, load_typesystem

    with open(folder / "typesystem.xml", "rb") as file:
        typesystem = load_typesystem(file)
    with open(folder / f"{name}.json", "rb") as file:
        cas = load_cas_from_json(file)
    found = []
    for sort in ["Agency", "Stance", "Citation"]:
        layer = f"webanno.custom.{sort}"
        typesystem.get_type(layer)
        for annotation in cas.select(layer):
            if annotation.get_covered_text() != cas.sofa_string[annotation.begin:annotation.end]:
                raise ValueError(f"{name}: other text at {annotation.begin}")
            found.append((annotation.begin, annotation.end, sort))
    return cas.sofa_string, sorted(found, key=str)


# The comparison


def export(binary, work, name):
    out = work / name
    command = [binary, "--quiet", "export", "--as", name, work / "gold", "--corpus", work / "corpus", "--out", out]
    subprocess.run(command, check=True)
    return out


def compare(binary, count, seed):
    rng = random.Random(seed)
    tallies = {tool: [0, 0] for tool in ["brat's grammar", "spaCy", "dkpro-cassis"]}
    faults, discontinuous, kinds = [], 0, dict.fromkeys(PIECES, 0)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "corpus").mkdir()
        (work / "gold").mkdir()
        golds = {}
        while len(golds) < count:
            text, gold = document(rng, len(golds))
            if not gold["agencies"]:
                continue
            name = gold["document"]
            golds[name] = (text, gold)
            (work / f"corpus/{name}.txt").write_bytes(text.encode("utf-8"))
            (work / f"gold/{name}.json").write_text(json.dumps(gold), encoding="utf-8")
        brat, prodigy, cas = (export(binary, work, name) for name in ["brat", "prodigy", "uima-cas"])
        lines = {}
        for line in (prodigy / "goldrule.jsonl").read_text(encoding="utf-8").split("\n"):
            if line:
                lines[json.loads(line)["meta"]["document"]] = line
        for name, (text, gold) in golds.items():
            wanted = spans_of(gold)
            plain = sorted((span[:3] for span in wanted), key=str)
            discontinuous += sum(span[3] is not None for span in wanted)
            for start, end, *_ in wanted:
                for kind, pieces in PIECES.items():
                    kinds[kind] += any(piece in text[start:end] for piece in pieces)
            readers = [
                ("brat's grammar", lambda: read_brat(brat, name), wanted),
                ("spaCy", lambda: read_prodigy(lines[name]), plain),
                ("dkpro-cassis", lambda: read_cas(cas, name), plain),
            ]
            for tool, read, expected in readers:
                tallies[tool][0] += len(expected)
                try:
                    theirs, found = read()
                except Exception as error:  # whatever it is belongs among the faults
                    faults.append(f"{tool} {name}: {type(error).__name__}: {error}")
                    continue
                if theirs != text:
                    faults.append(f"{tool} {name}: another text")
                elif found != expected:
                    faults.append(f"{tool} {name}: {set(map(str, expected)) ^ set(map(str, found))}")
                else:
                    tallies[tool][1] += len(expected)
    return tallies, faults, discontinuous, kinds


def page(count, seed, tallies, discontinuous, kinds):
    lines = [
        "# Exports in other tools",
        "",
        "Written by `benches/peers/formats.py`; do not edit.",
        "",
        f"{count} random documents (seed {seed}) exported and loaded with {', '.join(PACKAGES)} and a parser of "
        "brat's documented grammar. A span agrees where the tool has the same offsets, in code points, the same "
        "text under them and the same sort of record.",
        "",
        "| reader | export | spans | agree |",
        "| --- | --- | ---: | ---: |",
    ]
    formats = {"brat's grammar": "brat", "spaCy": "prodigy", "dkpro-cassis": "uima-cas"}
    lines += [f"| {tool} | `{formats[tool]}` | {total} | {same} |" for tool, (total, same) in tallies.items()]
    held = ", ".join(f"{kind} {number}" for kind, number in kinds.items())
    lines += ["", f"Spans that hold each sort of character: {held}. Discontinuous, in brat: {discontinuous}."]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20250101)
    parser.add_argument("--venv", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "goldrule-formats-peers")
    parser.add_argument("--binary", type=pathlib.Path, help="goldrule, where it is built already")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not args.inside:
        reexecute_in(args.venv)
    binary = args.binary
    if not binary:
        subprocess.run(["cargo", "build", "--quiet", "-p", "goldrule"], cwd=ROOT, check=True)
        binary = ROOT / "target/debug/goldrule"
    tallies, faults, discontinuous, kinds = compare(binary.resolve(), args.documents, args.seed)
    text = page(args.documents, args.seed, tallies, discontinuous, kinds)
    if args.check or faults:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}")
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} disagreements", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
