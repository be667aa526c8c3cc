#!/usr/bin/env python3
"""Keeps of annotated pages what `fit.py` learns from and no running text: of each sentence its cues in the order of the
alphabet, those alone that at least `LEAST` shipped texts have too, and what it states. The sentences of a page stand in
the order of their cues. For pages that follow texts of others too closely to be shipped.

Usage, from the top of the project: bag.py FOLDER… > annotations/pages/cues.jsonl
where each FOLDER holds `corpus` (NAME.txt) and `gold` (NAME.json).
"""

import json
import sys
from pathlib import Path

from fit import cues_of
from texts import NEGATED, examples, gold_files, paragraphs, plain_words, sentences, snippets, with_gold


def annotated(folder):
    """The pages of a folder with their stances."""
    for path in sorted(Path(folder, "corpus").glob("*.txt")):
        yield with_gold(path, Path(folder, "gold", f"{path.stem}.json"))


def main():
    shipped = [*gold_files(), *snippets(), *examples(), *(text for of in paragraphs() for text in of)]
    of_pages = list(sentences([page for folder in sys.argv[1:] for page in annotated(folder)]))
    # What no shipped text has could tell a page by itself.
    known = cues_of([(0, sentence) for sentence in sentences(shipped)], plain_words(shipped))
    pages = {}
    for sentence in of_pages:
        kept = {"cues": sorted(cue for cue in sentence.cues if cue in known and not cue.startswith(NEGATED))}
        if any(cue.startswith(NEGATED) for cue in sentence.cues):
            kept["negates"] = True
        if sentence.gold:
            kept["gold"] = sorted(map(list, sentence.gold))
        pages.setdefault(sentence.text, []).append(kept)
    for of_page in pages.values():
        print(json.dumps(sorted(of_page, key=lambda kept: kept["cues"]), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
