// A document's text with the records on it. Every record is a line above or below its words; lines of
// records that share a character lie in different lanes. A line of what is right is thin and whole, one of
// what differs is thick and broken.

const LANE = 6;
/** From the middle of a line to its first lane: clear of ascenders and descenders in any font. */
const CLEAR = "0.66em";

/** The spans of a track in its layers, each with its lane: short ones next to the text. */
function spansOf(page, track, layers) {
  const spans = [];
  for (const record of page.records) {
    const side = record.sides[track];
    if (side === null || side.start === undefined || record.layer === "agency" || !layers.has(record.layer)) continue;
    spans.push({ record, start: unit(page, side.start), end: unit(page, side.end), lane: 0 });
  }
  spans.sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start);
  const taken = [];
  for (const span of spans) {
    const free = taken.findIndex((lane) => lane.every((other) => other.end <= span.start || span.end <= other.start));
    span.lane = free < 0 ? taken.length : free;
    (taken[span.lane] ??= []).push(span);
  }
  return spans;
}

/** The tracks that go above the text and those that go below it, each with its spans. */
function layOut(page, above, below, layers) {
  const lay = (side) => (track) => ({ side, spans: spansOf(page, track, layers) });
  return [...above.map(lay("above")), ...below.map(lay("below"))];
}

/** The spans that touch a paragraph; of tracks on one side the later ones farther out. */
function touching(tracks, start, end) {
  const depth = { above: 0, below: 0 };
  const found = [];
  for (const { side, spans } of tracks) {
    const here = spans.filter((span) => span.start < end && span.end > start);
    found.push(...here.map((span) => ({ ...span, side, lane: span.lane + depth[side] })));
    depth[side] += Math.max(0, ...here.map((span) => span.lane + 1));
  }
  return { spans: found, depth: Math.max(depth.above, depth.below) };
}

/** The words between two places of the text, with the lines of the spans over them. */
function piece(page, start, end, covering) {
  const element = make("span", { class: "piece" }, page.text.slice(start, end));
  element.from = start;
  if (covering.length === 0) return element;
  const layers = [];
  for (const span of covering) {
    const colour = `var(--${span.record.layer})`;
    const fault = isFault(span.record);
    const y = `calc(50% ${span.side === "above" ? "-" : "+"} (${CLEAR} + ${span.lane * LANE}px))`;
    const fill = fault ? `repeating-linear-gradient(90deg, ${colour} 0 5px, transparent 5px 7px)` : `linear-gradient(${colour}, ${colour})`;
    layers.push(`${fill} 0 ${y} / 100% ${fault ? 3 : 2}px no-repeat`);
    const tick = (x) => `linear-gradient(${colour}, ${colour}) ${x} ${y} / 2px ${LANE - 1}px no-repeat`;
    if (span.start === start) layers.push(tick("0%"));
    if (span.end === end) layers.push(tick("100%"));
  }
  layers.push("linear-gradient(var(--on, transparent), var(--on, transparent)) 0 50% / 100% 1.2em no-repeat");
  const reach = Math.max(...covering.map((span) => span.lane + 1)) * LANE;
  element.classList.add("covered");
  element.style.background = layers.join(", ");
  element.style.padding = `${reach}px 0`;
  element.covering = covering;
  element.title = [...new Set(covering.map(({ record }) => describe(record)))].join("\n");
  return element;
}

/** A record in a line. */
function describe(record) {
  const sides = record.sides.map((side, track) => `${tracks[track]}: ${label(side)}`);
  return `${record.layer}, ${isFault(record) ? said(record.class) : "right"} (${sides.join("; ")})`;
}

/** A paragraph with the spans that touch it. */
function paragraph(page, start, end, tracks) {
  const { spans, depth } = touching(tracks, start, end);
  const element = make("p", { dir: "auto" });
  if (start === end) {
    element.append(make("br"));
    return element;
  }
  const cuts = new Set([start, end]);
  for (const span of spans) {
    if (span.start > start) cuts.add(span.start);
    if (span.end < end) cuts.add(span.end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  for (let at = 0; at + 1 < places.length; at += 1) {
    const [from, to] = [places[at], places[at + 1]];
    const covering = spans.filter((span) => span.start <= from && span.end >= to);
    element.append(piece(page, from, to, covering));
  }
  element.style.lineHeight = `calc(1.5em + ${2 * depth * LANE}px)`;
  return element;
}

/** The whole text, in one column or in one for each track. */
function drawText(page, sideBySide, layers) {
  const all = tracks.map((_, track) => track);
  const columns = sideBySide ? all.map((track) => layOut(page, [], [track], layers)) : [layOut(page, [0], all.slice(1), layers)];
  const body = make("div", { class: sideBySide ? `words sides-${tracks.length}` : "words" });
  if (sideBySide) body.append(...tracks.map((track) => make("p", { class: "track" }, track)));
  for (let start = 0; start <= page.text.length; ) {
    const newline = page.text.indexOf("\n", start);
    const next = newline < 0 ? page.text.length + 1 : newline + 1;
    let end = next - 1;
    if (end > start && page.text[end - 1] === "\r") end -= 1;
    for (const sides of columns) body.append(paragraph(page, start, end, sides));
    start = next;
  }
  return body;
}
