#!/usr/bin/env python3
"""Writes data/frequency/words.tsv: how often words stand in the corpus, per 100,000 tokens.

The extractor looks for a pattern by the rarest of the words it cannot match without; this table says
which are rare. It decides about time, never about what is found. Texts of the split `validation` are
left out. Usage, from the top of the project: python3 crates/extractor/scripts/frequency/make_frequency.py
"""

import csv
import re
from collections import Counter
from pathlib import Path

LEAST = 8
TOKEN = re.compile(r"'s|[a-z]+(?:[.'-][a-z]+)*\.?|\d+|[^\w\s]")


def texts():
    with open("corpus/manifest.csv", encoding="utf-8", newline="") as rows:
        names = [row["document"] for row in csv.DictReader(rows) if row["split"] == "dev"]
    shipped = (Path("corpus", f"{name}.txt") for name in names)
    yield from (path for path in shipped if path.exists())
    for folder in ("unseen", "unseen-news"):
        yield from sorted(Path("corpus", folder).glob("*.txt"))


def main():
    counts = Counter()
    for path in texts():
        counts.update(TOKEN.findall(path.read_text(encoding="utf-8").lower().replace("’", "'")))
    total = sum(counts.values())
    frequent = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    lines = [f"{word}\t{round(count * 100_000 / total)}\n" for word, count in frequent]
    Path("crates/extractor/data/frequency/words.tsv").write_text("".join(lines), encoding="utf-8")


main()
