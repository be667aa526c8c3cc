#!/usr/bin/env python3
"""Fits the points of the weighed cards in rules/stances/cards.toml.

A card adds up the points of cues (a word, its stem, two stems in a row, a word of a sentence that negates, a word with
a capital; a mention of an agency counts as a word, by its kind) for its topic; four lists that all cards share add up
what speaks for each position. In place of a stem, the word that has it most often is written.
The points are the weights of logistic regressions with an L1 penalty (Tibshirani 1996), so that most cues get none,
times `SCALE` and rounded, those of a single point left out: one regression for each topic over all sentences, one for
each position over those that state something. What they learn from is what may be looked at (`texts.py`); the pages,
which are few and nearest to what is read in the end, count twice. How far they are to be believed beside what patterns
state is a second, small regression, over paragraphs by writers who had not seen the rules and for which no pattern was
written; there, the sentences of a file are weighed by what was learnt without that file (stacking, Wolpert 1992). Ids,
words and examples of the cards stay as they are in the file, and so do `scale`, `likely` and `unlikely`; all other
numbers are written.

Usage, from the top of the project (needs numpy, scipy and scikit-learn):
    cargo build --release --locked -p goldrule-extractor --example cues
    python3 crates/extractor/scripts/points/fit.py
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from texts import CARDS, examples, gold_files, pages, paragraphs, plain_words, sentences, snippets, stems_of

# Words and kinds of agencies; neither numbers nor marks, a question mark apart.
WORD = r"([a-z'][a-z'.]*|@[a-z_]+)"
CUE = re.compile(rf"(not & )?({WORD}|\?)|{WORD} {WORD}|~{WORD}|[A-Z][a-z'.]*")
# A cue in fewer texts says nothing that would hold elsewhere.
LEAST = 4
PENALTY = 1.0
FOLDS = 4
# A sentence of a page counts as much as so many others.
PAGES_COUNT = 2
POSITIONS = ["favor", "against", "conditional", "noncommittal"]


class Model(NamedTuple):
    """Weights of the cues, (weights, intercept) for each topic and for each position, and of topics for positions."""

    known: dict
    topics: list
    positions: list
    offsets: np.ndarray


def cues_of(data, plain):
    """The cues that stand in enough texts, numbered."""
    texts = defaultdict(set)
    for number, sentence in data:
        for cue in sentence.cues:
            texts[cue].add((number, sentence.text))
    is_plain = lambda cue: all(word.lower() in plain or not word.isalpha() for word in re.split("[ ~]", cue))
    return {c: n for n, c in enumerate(sorted(c for c, of in texts.items() if len(of) >= LEAST and CUE.fullmatch(c) and is_plain(c)))}


def matrix_of(rows, known):
    places = [(row, known[cue]) for row, sentence in enumerate(rows) for cue in sentence.cues if cue in known]
    return csr_matrix((np.ones(len(places)), tuple(zip(*places))), shape=(len(rows), len(known)))


def regression(matrix, target):
    model = LogisticRegression(l1_ratio=1, C=PENALTY, solver="liblinear", max_iter=500, random_state=0)
    model.fit(matrix, target)
    return model.coef_[0], model.intercept_[0]


def learn(data, topics, plain):
    """Fits the regressions to (number of the source, sentence) pairs."""
    known = cues_of(data, plain)
    rows = [sentence for _, sentence in data]
    matrix = matrix_of(rows, known)
    of_topics = [regression(matrix, np.array([any(t == topic for t, _ in row.gold) for row in rows])) for topic in topics]
    said = [(n, topic, position) for n, row in enumerate(rows) for topic, position in sorted(row.gold) if topic in topics]
    places = (range(len(said)), [topics.index(topic) for _, topic, _ in said])
    by_topic = csr_matrix((np.ones(len(said)), places), shape=(len(said), len(topics)))
    both = hstack([matrix[[n for n, _, _ in said]], by_topic]).tocsr()
    fits = [regression(both, np.array([position == p for _, _, p in said])) for position in POSITIONS]
    of_positions = [(weights[: len(known)], intercept) for weights, intercept in fits]
    return Model(known, of_topics, of_positions, np.array([weights[len(known) :] for weights, _ in fits]))


def log_odds(model, rows):
    """Those of each topic (rows, topics), and of each position on each topic (rows, topics, positions)."""
    matrix = matrix_of(rows, model.known)
    topics = np.array([matrix @ weights + intercept for weights, intercept in model.topics]).T
    positions = np.array([matrix @ weights + intercept for weights, intercept in model.positions]).T
    return topics, positions[:, None, :] + model.offsets.T[None]


def marks(rows, topics, which):
    """1 where a position on a topic is stated (rows, topics, positions)."""
    return np.array([[[(t, p) in which(row) for p in POSITIONS] for t in topics] for row in rows], float)


def trust(sources, of_pages, unseen, topics, plain):
    """How far to believe the regressions beside patterns: the weights of (log-odds, stated, stated elsewhere or
    otherwise) and an intercept, for topics and for positions."""
    of_topic, of_position, is_topic, is_position = [], [], [], []
    for fold in range(FOLDS):
        held = [n for k, n in enumerate(unseen) if k % FOLDS == fold]
        model = learn([(n, s) for n, rows in enumerate(sources) if n not in held for s in rows] + of_pages, topics, plain)
        rows = [s for n in held for s in sources[n]]
        topic_odds, position_odds = log_odds(model, rows)
        stated, gold = marks(rows, topics, lambda s: s.stated), marks(rows, topics, lambda s: s.gold)
        about = stated.max(2)
        elsewhere = (about.max(1, keepdims=True) > about) * 1.0
        of_topic.append(np.stack([topic_odds, about, elsewhere], -1).reshape(-1, 3))
        is_topic.append(gold.max(2).ravel())
        chosen = gold.max(2) > 0
        otherwise = about[..., None] * (1 - stated)
        of_position.append(np.stack([position_odds, stated, otherwise], -1)[chosen].reshape(-1, 3))
        is_position.append(gold[chosen].ravel())
    fit = lambda x, y: LogisticRegression(C=100).fit(np.vstack(x), np.concatenate(y))
    weights = [(m.coef_[0], m.intercept_[0]) for m in (fit(of_topic, is_topic), fit(of_position, is_position))]
    for name, (w, b) in zip(("topics", "positions"), weights):
        print(f"{name}: log-odds times {w[0]:.2f}, stated {w[1]:.2f}, other {w[2]:.2f}, at first {b:.2f}", file=sys.stderr)
    return weights


def words_of_stems(rows):
    """For each stem the word that has it in most sentences."""
    times = Counter(cue for sentence in rows for cue in set(sentence.cues) if re.fullmatch(WORD, cue))
    words = sorted(times, key=lambda word: (times[word], word))
    return dict(zip(stems_of(words), words))


def with_words(cue, words):
    """A cue as cards write it."""
    if cue.startswith("not & ") or not (cue.startswith("~") or " " in cue):
        return cue
    return re.sub(r"[^ ~]+", lambda stem: words.get(stem[0], stem[0]), cue)


def written(points):
    """Points as lines of TOML, those that count most first."""
    entries = [f'"{cue} {n}"' for cue, n in sorted(points.items(), key=lambda e: (-abs(e[1]), e[0]))]
    rows, row = [], "  "
    for entry in entries:
        if len(row) + len(entry) > 108:
            rows.append(row.rstrip())
            row = "  "
        row += entry + ", "
    return "points = [\n" + "\n".join([*rows, row.rstrip()]) + "\n]\n"


def replaced(source, head, keys, text):
    """The file with the lines of `keys` and the points behind a head replaced."""
    lines = "".join(rf"{key} = .*\n" for key in keys)
    pattern = rf"({re.escape(head)}\n(?:(?!\[).*\n)*?){lines}points = \[\n(?:.*\n)*?\]\n"
    source, changed = re.subn(pattern, lambda match: match[1] + text, source)
    assert changed == 1, head
    return source


def main():
    source = CARDS.read_text(encoding="utf-8")
    file = tomllib.loads(source)
    scale = file["weigh"]["scale"]
    cards = {rule["emit"]["topic"]: rule["id"] for rule in file["rule"] if rule["emit"]["position"] == "weighed"}
    topics = sorted(cards)
    texts = [list(gold_files()), list(snippets()), list(examples()), *paragraphs()]
    sources = [list(sentences(of)) for of in texts]
    unseen = range(3, len(sources))
    plain = plain_words([text for of in texts for text in of])
    of_pages = [(len(sources), sentence) for sentence in pages()] * PAGES_COUNT
    (topic_trust, topic_first), (position_trust, position_first) = trust(sources, of_pages, unseen, topics, plain)
    model = learn([(n, s) for n, rows in enumerate(sources) for s in rows] + of_pages, topics, plain)
    words = words_of_stems([sentence for rows in sources for sentence in rows])
    names = [with_words(cue, words) for cue in model.known]
    whole = lambda number: round(float(scale * number))
    points = lambda weights, by: {names[n]: whole(by * w) for n, w in enumerate(weights) if abs(whole(by * w)) > 1}
    for topic, (weights, intercept) in zip(topics, model.topics):
        given = points(weights, topic_trust[0])
        base = -whole(topic_trust[0] * intercept + topic_first)
        numbers = f"base = {base}\nstated = {whole(topic_trust[1])}\nelsewhere = {whole(topic_trust[2])}\n"
        keys = ["base", "stated", "elsewhere"]
        source = replaced(source, f'id = "{cards[topic]}"', keys, numbers + written(given))
        print(f"{cards[topic]}: {len(given)} cues", file=sys.stderr)
    for position, (weights, intercept), offsets in zip(POSITIONS, model.positions, model.offsets):
        given = points(weights, position_trust[0])
        by_topic = ", ".join(f"{t} = {whole(position_trust[0] * o)}" for t, o in zip(topics, offsets))
        numbers = f"base = {whole(position_trust[0] * intercept + position_first)}\nstated = {whole(position_trust[1])}\n"
        numbers += f"otherwise = {whole(position_trust[2])}\ntopics = {{ {by_topic} }}\n"
        keys = ["base", "stated", "otherwise", "topics"]
        source = replaced(source, f"[weigh.{position}]", keys, numbers + written(given))
        print(f"{position}: {len(given)} cues", file=sys.stderr)
    CARDS.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()
