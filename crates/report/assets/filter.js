// Which records are looked at: a state that the address holds, so that every link is a filter.

const DEFAULTS = { q: "", show: "faults", layer: "", class: "", rule: "", label: "", doc: "", cell: "", record: "", at: "" };
const SHOWN = {
  faults: ["what differs", isFault],
  wrong: ["what the strict measures have wrong", (record) => !record.strict],
  strict: ["what the strict measures have right", (record) => record.strict],
  all: ["everything", () => true],
};
const LAYERS = ["mention", "agency", "stance", "citation"];
const SLOTS = ["form", "kind", "topic", "position", "attribution"];

/** The state that an address asks for; null where it is the address of something else. */
function stateOf(hash) {
  if (!hash.startsWith("#?")) return null;
  const asked = new URLSearchParams(hash.slice(2));
  const state = { ...DEFAULTS };
  for (const key of Object.keys(state)) state[key] = asked.get(key) ?? state[key];
  if (!Object.hasOwn(SHOWN, state.show)) state.show = DEFAULTS.show;
  return state;
}

/** The address of a state. */
function addressOf(state) {
  const parts = Object.keys(DEFAULTS).filter((key) => state[key] !== DEFAULTS[key]);
  return `#?${parts.map((key) => `${key}=${encodeURIComponent(state[key])}`).join("&")}`;
}

/** Everything a search looks at in a record. */
function haystack(record) {
  if (record.haystack === undefined) {
    const parts = [record.page.name, record.layer, record.class && said(record.class)];
    for (const side of record.sides) {
      if (side === null) continue;
      parts.push(quote(record.page, side), label(side), side.words.attribution, side.agency, side.link, side.rule);
    }
    record.haystack = parts.filter(Boolean).join("\n");
  }
  return record.haystack;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&").replace(/\\-/g, "\\x2d");
const pattern = (text, flags) => new RegExp(escaped(text), flags);

/** Whether a side answers a question with a word; `none` is a side that is not there. */
const answers = (side, slot, word) => (word === "none" ? side === null : side?.words[slot] === word);

/** The test that a state puts records to. */
function testOf(state) {
  const tests = [SHOWN[state.show][1]];
  if (state.layer) tests.push((record) => record.layer === state.layer);
  if (state.class) tests.push((record) => record.class === state.class);
  if (state.doc) tests.push((record) => record.page.name === state.doc);
  if (state.rule) tests.push((record) => record.sides.some((side) => side?.rule === state.rule));
  if (state.label) {
    const [question, word] = state.label.split(":");
    const [layer, slot] = question.split(".");
    tests.push((record) => record.layer === layer && record.sides.some((side) => side?.words[slot] === word));
  }
  if (state.cell) {
    const [question, gold, found] = state.cell.split(":");
    const [layer, slot] = question.split(".");
    tests.push(
      (record) =>
        record.layer === layer && answers(record.sides[0], slot, gold) && answers(record.sides.at(-1), slot, found),
    );
  }
  const words = state.q.split(/\s+/).filter(Boolean).map((word) => pattern(word, "iu"));
  if (words.length > 0) tests.push((record) => words.every((word) => word.test(haystack(record))));
  return (record) => tests.every((test) => test(record));
}

/** Places of the documents' texts that hold what is searched for, at most so many. */
function passages(state, most) {
  if (state.q.trim() === "") return { found: [], more: false };
  const sought = pattern(state.q.trim(), "giu");
  const found = [];
  for (const page of pages) {
    if (page.text === null || (state.doc && page.name !== state.doc)) continue;
    for (const match of page.text.matchAll(sought)) {
      if (found.length === most) return { found, more: true };
      found.push({ page, at: match.index, length: match[0].length });
    }
  }
  return { found, more: false };
}

/** What the filters offer: each value with its number of records. */
function choices() {
  const counts = { layer: new Map(), class: new Map(), rule: new Map(), label: new Map() };
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const record of records) {
    add(counts.layer, record.layer);
    if (isFault(record)) add(counts.class, record.class);
    const [rules, labels] = [new Set(), new Set()];
    for (const side of record.sides) {
      if (side === null) continue;
      if (side.rule) rules.add(side.rule);
      for (const slot of SLOTS) {
        if (side.words[slot]) labels.add(`${record.layer}.${slot}:${side.words[slot]}`);
      }
    }
    rules.forEach((rule) => add(counts.rule, rule));
    labels.forEach((word) => add(counts.label, word));
  }
  return counts;
}
