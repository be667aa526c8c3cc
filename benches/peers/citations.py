#!/usr/bin/env python3
"""Set goldrule's citations beside those of other extractors, on the same texts in the same run.

    cargo build --release -p goldrule-benches --bin cite-peer
    python3 benches/peers/citations.py --goldrule target/release/cite-peer --page benches/peers/CITATIONS.md

Installs eyecite and citeurl from PyPI, the TypeScript port of eyecite and unitedstates/citation from npm into a folder
(`--folder`, a temporary one unless given); LexNLP is tried and left out where it cannot be installed. Each reads the
committed sets of citations and traps, the corpus and the prose of the benchmarks. Printed, and with `--page` written:

- for every family, how many of the expected citations each finds. Found means that a hit overlaps the expected span,
  which favours tools that mark less of a citation than goldrule does;
- hits that overlap nothing expected, hits on traps and on prose that cites nothing;
- every disagreement between goldrule and another tool, with who is right and why (`adjudicated.json`);
- the speed of each on citation-dense and on ordinary text: processor time of the finding call alone, without the
  start of the process or the loading of tables, the best of `--rounds`.

Ends with 1 where goldrule is behind in a family or a disagreement has no verdict.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SETS = ROOT / "crates" / "extractor" / "tests" / "citations"
PYPI = {"eyecite": "2.7.8", "citeurl": "12.0.4"}
HYPERSCAN = "0.9.1"
NPM = {"@beshkenadze/eyecite": "2.7.6", "citation": "0.9.0"}

PYTHON_PEER = """
import json, logging, os, sys, time
logging.disable(logging.CRITICAL)
name = sys.argv[1]
if name.startswith("eyecite"):
    from eyecite import get_citations
    if name == "eyecite-hyperscan":
        from eyecite.tokenizers import HyperscanTokenizer
        os.makedirs(sys.argv[2], exist_ok=True)
        tokenizer = HyperscanTokenizer(cache_dir=sys.argv[2])
        def find(text):
            return get_citations(text, tokenizer=tokenizer)
    else:
        find = get_citations
    def span(c):
        return c.full_span()
elif name == "citeurl":
    from citeurl import Citator
    citator = Citator()
    find = citator.list_cites
    def span(c):
        return c.span
else:
    from lexnlp.extract.en.citations import get_citation_annotations
    def find(text):
        return list(get_citation_annotations(text))
    def span(c):
        return c.coords
texts = json.load(sys.stdin)
find("See 8 U.S.C. 1373 and 567 U.S. 387 (2012).")
start = time.process_time()
found = [find(text) for text in texts]
seconds = time.process_time() - start
print(json.dumps({"hits": [[span(c) for c in one] for one in found], "seconds": seconds}))
"""

NODE_PEER = """
import { readFileSync } from 'node:fs';
const name = process.argv[2];
let find;
if (name === 'eyecite-ts') {
  const { getCitations } = await import('@beshkenadze/eyecite');
  find = text => getCitations(text).map(c => c.fullSpan()).map(s => [s.start, s.end]);
} else {
  const { default: Citation } = await import('citation');
  find = text => Citation.find(text).citations.map(c => [c.index, c.index + c.match.length]);
}
const texts = JSON.parse(readFileSync(0, 'utf8'));
find('See 8 U.S.C. 1373 and 567 U.S. 387 (2012).');
const start = process.cpuUsage();
const found = texts.map(find);
const used = process.cpuUsage(start);
const points = (text, hits) => {
  // JavaScript counts UTF-16 units, the sets count code points.
  const before = new Uint32Array(text.length + 1);
  for (let i = 0, n = 0; i < text.length; i++) {
    before[i] = n;
    const unit = text.charCodeAt(i);
    n += unit >= 0xdc00 && unit < 0xe000 ? 0 : 1;
    before[i + 1] = n;
  }
  return hits.map(([start, end]) => [before[start], before[end]]);
};
console.log(JSON.stringify({
  hits: found.map((hits, i) => points(texts[i], hits)),
  seconds: (used.user + used.system) / 1e6,
}));
"""

# The sets were labelled by two hands.
ROWS = {
    "case": "case in full", "full_case": "case in full",
    "short": "short form", "short_case": "short form", "joined": "short form",
    "id_ibid": "id., ibid.", "supra": "supra",
    "parallel": "parallel reports",
    "neutral": "neutral, WL, LEXIS", "neutral_wl_lexis": "neutral, WL, LEXIS",
    "nominative": "nominative reporters",
    "docket": "docket, history", "history": "docket, history", "docket_history": "docket, history",
    "name": "case by name alone", "case_name": "case by name alone",
    "usc": "U.S.C.", "lists_ranges": "lists and ranges", "spoken": "spoken numbers",
    "ina": "INA, 287(g)",
    "cfr": "C.F.R., registers", "cfr_fr": "C.F.R., registers", "reg": "C.F.R., registers",
    "pl": "public laws, Stat.", "stat": "public laws, Stat.", "public_law_stat": "public laws, Stat.",
    "session": "session laws", "session_law": "session laws",
    "bill": "bills", "bill_federal": "bills of Congress", "bill_state": "bills of states",
    "state_code_bluebook": "state codes, Bluebook", "state_code_local": "state codes, local form",
    "state_code_prose": "state codes in prose",
    "eo": "executive orders", "executive_order": "executive orders",
    "const": "constitutions", "const_federal": "constitutions", "const_state": "constitutions",
    "ord": "ordinances, codes of places", "ordinance": "ordinances, codes of places",
    "policy": "agency policies",
    "rule": "court rules", "court_rule": "court rules",
    "treaty": "treaties",
    "sec": "opinions, journals, restatements", "ag_opinion": "opinions, journals, restatements",
    "journal_restatement": "opinions, journals, restatements",
    "act": "named acts", "named_act": "named acts", "act_equals_bill": "acts with their bills",
}


# Rows written later go by what they cite.
BY_KIND = {
    "case": "cases of every form", "statute": "statutes of every form", "regulation": "C.F.R., registers",
    "bill": "bills", "named_act": "named acts", "executive_order": "executive orders",
    "session_law": "session laws", "public_law": "public laws, Stat.", "treaty": "treaties",
    "secondary": "opinions, journals, restatements",
    "constitution": "constitutions", "ordinance": "ordinances, codes of places", "policy": "agency policies",
}


def row_of(example):
    name = example["family"]
    if name.startswith("code-"):
        return "state codes"
    kinds = [citation["kind"] for citation in example["citations"]]
    return ROWS.get(name) or BY_KIND.get(kinds[0] if kinds else "", "other")


def install(folder):
    """The peers' commands by name, their versions, and why any is left out."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pins = [f"{name}=={version}" for name, version in PYPI.items()]
    subprocess.run([python, "-m", "pip", "install", "-q", "markdown", f"hyperscan=={HYPERSCAN}", *pins], check=True)
    wanted = [f"{name}@{version}" for name, version in NPM.items()]
    if not (folder / "node_modules" / "citation").exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, *wanted], check=True, cwd=folder)
    (folder / "peer.py").write_text(PYTHON_PEER)
    (folder / "peer.mjs").write_text(NODE_PEER)
    peers = {
        "eyecite": [python, folder / "peer.py", "eyecite"],
        "eyecite-hyperscan": [python, folder / "peer.py", "eyecite-hyperscan", folder / "hyperscan"],
        "citeurl": [python, folder / "peer.py", "citeurl"],
        "eyecite-ts": ["node", folder / "peer.mjs", "eyecite-ts"],
        "us/citation": ["node", folder / "peer.mjs", "citation"],
    }
    left_out = {}
    lexnlp = folder / "lexnlp" / "bin" / "python"
    if not lexnlp.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "lexnlp"], check=True)
        # The releases it pins build with no Python of today, and its citations need two of them only: the
        # reporters as pinned, and regex, of which any release serves.
        wanted = ["lexnlp==2.3.0", "reporters-db==3.2.32", "regex"]
        done = subprocess.run(
            [lexnlp, "-m", "pip", "install", "-q", "--no-deps", *wanted], capture_output=True, text=True
        )
        (folder / "lexnlp.failed").write_text(done.stderr if done.returncode else "")
    if (folder / "lexnlp.failed").read_text():
        left_out["LexNLP"] = "it could not be installed"
    else:
        peers["LexNLP"] = [lexnlp, folder / "peer.py", "lexnlp"]
    return peers, left_out


def run(command, texts):
    done = subprocess.run([str(c) for c in command], input=json.dumps(texts), text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{command} failed:\n{done.stderr}")
    answer = json.loads(done.stdout.splitlines()[-1])
    return [[tuple(hit) for hit in hits if hit] for hits in answer["hits"]], answer["seconds"]


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


def hits_any(span, others):
    return any(overlap(span, other) for other in others)


class Comparison:
    """What each tool found of what was expected, and where it found more."""

    def __init__(self, tools, examples, traps, prose):
        self.tools = tools
        self.expected = Counter()
        self.found, self.extra = defaultdict(Counter), Counter()
        self.trapped, self.prose = Counter(), Counter()
        self.disagreements = defaultdict(set)
        for example in examples:
            self.expected[row_of(example)] += len(example["citations"])
        hits = {tool: run(command, [e["text"] for e in examples])[0] for tool, command in tools.items()}
        own = hits["goldrule"]
        for tool in tools:
            for example, found, ours in zip(examples, hits[tool], own):
                self.count(tool, example, found, ours)
            for trap, found in zip(traps, run(tools[tool], [trap["text"] for trap in traps])[0]):
                self.trapped[tool] += bool(found)
                for start, end in found:
                    self.disagreements[("trap", trap["text"][start:end])].add(tool)
            found = run(tools[tool], [prose])[0][0]
            self.prose[tool] = len(found)
            for start, end in found:
                self.disagreements[("prose", prose[start:end])].add(tool)

    def count(self, tool, example, found, ours):
        wanted = list(spans(example))
        for span in wanted:
            hit = hits_any(span, found)
            self.found[tool][row_of(example)] += hit
            if hit and tool != "goldrule" and not hits_any(span, ours):
                self.disagreements[("missed", example["text"][slice(*span)])].add(tool)
        for hit in found:
            if not hits_any(hit, wanted):
                self.extra[tool] += 1
                self.disagreements[("extra", example["text"][slice(*hit)])].add(tool)

    def behind(self):
        peers = [tool for tool in self.tools if tool != "goldrule"]
        return [
            row for row in self.expected
            if any(self.found[peer][row] > self.found["goldrule"][row] for peer in peers)
        ]

    def table(self):
        rows = [["family", "expected", *self.tools]]
        for row in sorted(self.expected):
            rows.append([row, self.expected[row], *(self.found[tool][row] for tool in self.tools)])
        rows.append(["all", sum(self.expected.values()), *(sum(self.found[t].values()) for t in self.tools)])
        rows.append(["extra hits", "", *(self.extra[tool] for tool in self.tools)])
        rows.append(["traps fired", "", *(self.trapped[tool] for tool in self.tools)])
        rows.append(["hits in prose that cites nothing", "", *(self.prose[tool] for tool in self.tools)])
        return rows


def corpus_agreement(tools):
    """On the open documents of the corpus: citations of gold that each tool overlaps."""
    import csv

    with (ROOT / "corpus" / "manifest.csv").open(encoding="utf-8") as file:
        names = [row["document"] for row in csv.DictReader(file) if row["split"] == "dev"]
    documents = [name for name in names if (ROOT / "corpus" / f"{name}.txt").exists()]
    texts = [(ROOT / "corpus" / f"{name}.txt").read_text(encoding="utf-8") for name in documents]
    gold = [
        [(c["start"], c["end"]) for c in json.loads((ROOT / "annotations/gold" / f"{name}.json").read_text())["citations"]]
        for name in documents
    ]
    row = [f"gold of {len(documents)} documents", sum(map(len, gold))]
    for command in tools.values():
        hits = run(command, texts)[0]
        row.append(sum(hits_any(span, found) for spans_, found in zip(gold, hits) for span in spans_))
    return row


def speeds(tools, dense, ordinary, rounds):
    rows = [["MB/s of processor time", "", *tools]]
    for label, text in [("citation-dense text", dense), ("ordinary prose", ordinary)]:
        figures = []
        for tool, command in tools.items():
            # What takes milliseconds is timed over many passes, what takes seconds over one.
            times = {"goldrule": 40, "us/citation": 10}.get(tool, 1)
            seconds = min(run(command, [text] * times)[1] for _ in range(rounds))
            figures.append(times * len(text.encode()) / 1e6 / seconds)
        rows.append([label, "", *(f"{figure:.3f}" for figure in figures)])
        rows.append(["goldrule is faster by", "", *(f"{figures[0] / figure:.1f}×" for figure in figures)])
    return rows


def verdicts(comparison):
    """The disagreements with their verdicts, and those that have none."""
    known = json.loads((HERE / "adjudicated.json").read_text(encoding="utf-8"))
    rows, open_ = [["where", "words", "found by", "right", "why"]], []
    for (where, words), tools in sorted(comparison.disagreements.items()):
        if "eyecite" in tools:
            tools = tools - {"eyecite-hyperscan"}
        shown = " ".join(words.split())
        verdict = next(
            (v for v in known if v["where"] in (where, "any") and re.search(v["words"], shown)), None
        )
        if verdict is None:
            open_.append((where, shown, sorted(tools)))
            continue
        cell = shown if len(shown) <= 70 else shown[:67] + "…"
        rows.append([where, f"`{cell}`", ", ".join(sorted(tools)), verdict["right"], verdict["why"]])
    return rows, open_


def text_table(rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [str(row[0]).ljust(widths[0]), *(str(c).rjust(w) for c, w in zip(row[1:], widths[1:]))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def markdown_table(rows):
    escaped = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    head, rule = "| " + " | ".join(escaped[0]) + " |", "| " + " | ".join("---" for _ in rows[0]) + " |"
    return "\n".join([head, rule, *("| " + " | ".join(row) + " |" for row in escaped[1:])]) + "\n"


def page(comparison, corpus, speed, disagreements, left_out):
    versions = ", ".join(f"{name} {version}" for name, version in {**PYPI, **NPM}.items())
    missing = "".join(f" {name} is not among them: {why}." for name, why in left_out.items())
    ahead = comparison.behind()
    standing = f"It is behind in {', '.join(ahead)}." if ahead else "It is ahead or level in every row."
    return f"""# Citations beside other extractors

Made by `benches/peers/citations.py`; do not edit by hand. Compared are {versions}; eyecite with its default tokenizer
and with Hyperscan {HYPERSCAN}.{missing}

## Found

Of the citations that the committed sets expect (`crates/extractor/tests/citations/`), how many a hit of each tool
overlaps. {standing} About half of the set was written by somebody who had not seen goldrule's grammar, the rest along
with it, so the totals favour goldrule; what the others find and it does not stands below.

{markdown_table([*comparison.table(), corpus])}
## Speed

Processor time of the finding call, all in one run on one machine: read the ratios.

{markdown_table(speed)}
## Disagreements

Each place where goldrule and another tool differ on the sets, the traps and the prose: an expected citation that
goldrule misses (`missed`), and hits on what nobody expected (`extra`, `trap`, `prose`). The verdicts are in
`adjudicated.json`; the cases are kept as tests in the sets, where goldrule is held to them.

{markdown_table(disagreements)}"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--goldrule", required=True, type=Path, help="the binary cite-peer")
    parser.add_argument("--folder", type=Path, help="where the peers are installed; kept for the next run")
    parser.add_argument("--page", type=Path, help="also write the page")
    parser.add_argument("--rounds", type=int, default=2, help="times that speed is measured, of which the best counts")
    arguments = parser.parse_args()
    folder = (arguments.folder or Path(tempfile.mkdtemp())).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    peers, left_out = install(folder)
    tools = {"goldrule": [arguments.goldrule.resolve()], **peers}

    examples = read("own.jsonl") + read("blind.jsonl")
    traps = read("own-traps.jsonl") + read("blind-traps.jsonl")
    ordinary = (ROOT / "benches" / "data" / "off-topic.txt").read_text(encoding="utf-8")
    comparison = Comparison(tools, examples, traps, ordinary)
    corpus = corpus_agreement(tools)
    print(text_table([*comparison.table(), corpus]))
    for name, why in left_out.items():
        print(f"{name} is left out: {why}.")
    disagreements, open_ = verdicts(comparison)
    for where, words, by in open_:
        print(f"no verdict on {where} `{words}` ({', '.join(by)})")
    speed = speeds(tools, "\n\n".join(example["text"] for example in examples), ordinary, arguments.rounds)
    print(text_table(speed))
    behind = comparison.behind()
    print("goldrule is behind in:", ", ".join(behind) or "no family")
    if arguments.page:
        arguments.page.write_text(page(comparison, corpus, speed, disagreements, left_out), encoding="utf-8")
    return 1 if behind or open_ else 0


if __name__ == "__main__":
    sys.exit(main())
