#!/usr/bin/env python3
"""Write benches/data/off-topic.txt: ordinary English prose about nothing that the rules look for.

Paragraphs come from the seeded sentence grammars of off_topic_grammar.py and, in between, from
benches/data/off-topic-pages.txt, which is written by hand. Only the standard library is needed, and
every run writes the same file.
"""

import random
import re
from pathlib import Path

from off_topic_grammar import TOPICS, WORDS

DATA = Path(__file__).resolve().parents[1] / "data"
SEED = 20260901
TARGET = 130_000
# Words that rules use too. Patterns with one of them are mostly passed over, which brings them down to
# about the rate of ordinary prose (some hundreds in a million words).
SHARED = re.compile(r"\b(state|states|city|department|office|county|police|act|order|section)\b")
SHARED_KEPT = 0.12
SLOT = re.compile(r"\{(\w+)\}|\[([^\[\]]+)\]")


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.decks = {}

    def draw(self, key, items):
        """The next of `items` in a shuffled order: everything is used before anything is used again."""
        while True:
            deck = self.decks.get(key)
            if not deck:
                deck = self.decks[key] = self.random.sample(items, len(items))
            item = deck.pop()
            if not SHARED.search(item) or self.random.random() < SHARED_KEPT:
                return item

    def expand(self, template, topic):
        """Fills {slots} from the topic's words or the common ones, and [a|b] with one of the choices."""

        def fill(match):
            if match[2]:
                return self.random.choice(match[2].split("|"))
            name = match[1]
            if name == "n":
                return str(self.random.randint(2, 95))
            if name == "big":
                return f"{self.random.randint(1, 48)},{self.random.randint(0, 999):03}"
            if name == "year":
                return str(self.random.randint(1938, 2024))
            if name == "money":
                return f"${self.random.randint(3, 900)}"
            if name in TOPICS[topic]["words"]:
                return self.draw((topic, name), TOPICS[topic]["words"][name])
            return self.draw(name, WORDS[name])

        while SLOT.search(template):
            template = SLOT.sub(fill, template)
        template = re.sub(r"\b([Aa]) (?=[aeioAEIO]|un[el]|hon)", r"\1n ", template)
        template = template.replace("m..", "m.")
        return re.sub(r"(^“?|[.?] “)([a-z])", lambda match: match[1] + match[2].upper(), template)

    def paragraph(self, topic):
        count = self.random.choice([2, 3, 3, 4, 4, 5, 6])
        sentences = TOPICS[topic]["sentences"]
        return " ".join(self.expand(self.draw((topic, "sentence"), sentences), topic) for _ in range(count))


def main():
    writer = Writer(SEED)
    pages = (DATA / "off-topic-pages.txt").read_text(encoding="utf-8").strip().split("\n\n")
    paragraphs, seen, size = [], set(), 0
    while size < TARGET:
        topic = writer.draw("topic", sorted(TOPICS))
        block = [writer.paragraph(topic) for _ in range(writer.random.randint(2, 5))]
        if pages and writer.random.random() < 0.5:
            block.append(pages.pop(0))
        for paragraph in block:
            if paragraph not in seen:
                seen.add(paragraph)
                paragraphs.append(paragraph)
                size += len(paragraph.encode()) + 2
    for page in pages:
        paragraphs.append(page)
    text = "\n\n".join(paragraphs) + "\n"
    (DATA / "off-topic.txt").write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(text.encode())} bytes, {len(paragraphs)} paragraphs, {len(text.split())} words")


if __name__ == "__main__":
    main()
