// Draws the text: a block for each line, cut into segments where records begin and end.
//
// Every record has a lane of its own below the line, so that nested and overlapping ones are all to be
// seen. Only blocks that a change touches are drawn anew; the browser skips those out of sight.

import { arrange, el, idle } from "./dom.js";

/** Longest block in units: a text without line breaks is cut into pieces of about this length. */
const LONGEST = 3000;
/** Blocks that the browser skips together while they are out of sight: watching each costs every frame. */
const GROUP = 8;
/** Units of a line and its height, for the size of blocks that were not in sight yet. */
const LINE = 90;
const EM = 1.95;
const LANE = 4;
const MOST_LANES = 5;
/** Blocks that are drawn at once; the others follow while nobody waits. */
const AT_ONCE = 40;

function cut(text) {
  const blocks = [];
  let start = 0;
  while (start < text.length) {
    const line = text.indexOf("\n", start);
    let end = line < 0 ? text.length : line + 1;
    let goesOn = false;
    if (end - start > LONGEST * 1.2) {
      const space = text.lastIndexOf(" ", start + LONGEST);
      end = space > start ? space + 1 : start + LONGEST;
      const code = text.charCodeAt(end);
      if (code >= 0xdc00 && code <= 0xdfff) end++;
      goesOn = true;
    }
    blocks.push({ start, end, items: new Set(), element: undefined, segments: [], goesOn });
    start = end;
  }
  return blocks;
}

export class TextView {
  constructor(root, model) {
    this.root = root;
    this.model = model;
    this.blocks = cut(model.text);
    this.picked = undefined;
    this.extra = [];
    this.pending = new Set();
    this.hues = new Map();
    // Colours by first mention, whatever is drawn first.
    for (const agency of model.agencies()) this.hue(agency.id);
    const groups = [];
    for (let first = 0; first < this.blocks.length; first += GROUP) groups.push(this.#group(first));
    root.replaceChildren(...groups);
    this.reset();
  }

  /** The element of the blocks from one on. */
  #group(first) {
    const blocks = this.blocks.slice(first, first + GROUP);
    const lines = blocks.reduce((sum, { start, end }) => sum + Math.ceil((end - start) / LINE), 0);
    const elements = blocks.map((block) => {
      block.element = el("p", { class: block.goesOn ? "block goes-on" : "block" });
      block.element.block = block;
      return block.element;
    });
    const group = el("div", { class: "blocks", style: { "contain-intrinsic-block-size": `auto ${(lines * EM).toFixed(1)}em` } }, elements);
    group.first = first;
    return group;
  }

  reset() {
    for (const block of this.blocks) block.items.clear();
    for (const record of this.model.placed()) this.#index({ record, ghost: false }, true);
    for (const item of this.extra) this.#index(item, true);
    this.pending = new Set(this.blocks);
    this.blocks.slice(0, AT_ONCE).forEach((block) => this.#draw(block));
    for (const block of this.pending) this.#plain(block);
    this.#drawLater();
  }

  /** Draws a few of the blocks that wait, and again until none does. */
  #drawLater() {
    if (this.pending.size === 0 || this.closed) return;
    idle((deadline) => {
      let few = 0;
      for (const block of this.pending) {
        this.#draw(block);
        if (++few >= 25 && !(deadline?.timeRemaining?.() > 4)) break;
      }
      this.#drawLater();
    });
  }

  /** A block's characters without its records. */
  #plain(block) {
    const node = document.createTextNode(this.model.text.slice(block.start, block.end));
    block.segments = [{ from: block.start, to: block.end, node, over: [] }];
    block.element.replaceChildren(node);
  }

  /** The blocks that a span of units touches. */
  #touched(start, end) {
    const first = this.blockAt(start);
    const touched = [];
    for (let at = first; at < this.blocks.length && this.blocks[at].start < end; at++) touched.push(this.blocks[at]);
    return touched;
  }

  blockAt(unit) {
    let [low, high] = [0, this.blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.blocks[middle].start <= unit) low = middle;
      else high = middle - 1;
    }
    return Math.max(low, 0);
  }

  #index(item, add) {
    const [start, end] = this.model.place(item.record);
    const touched = this.#touched(start, end);
    for (const block of touched) {
      if (add) block.items.add(item);
      else for (const one of block.items) if (one.record === item.record || (!one.ghost && !item.ghost && sameRecord(one.record, item.record))) block.items.delete(one);
    }
    return touched;
  }

  /** Draws what changes of records touch. */
  change(changes) {
    const dirty = new Set();
    for (const { old, new: fresh } of changes) {
      if (old?.start !== undefined) for (const block of this.#index({ record: old, ghost: false }, false)) dirty.add(block);
      if (fresh?.start !== undefined) {
        const kept = this.model.same(fresh) ?? fresh;
        for (const block of this.#index({ record: kept, ghost: false }, true)) dirty.add(block);
      }
    }
    for (const block of dirty) this.#draw(block);
  }

  /** Shows records that are not in the set: items with `record` and `ghost`, the class they are drawn in. */
  setExtra(items) {
    const dirty = new Set();
    for (const block of this.blocks) {
      for (const item of block.items) {
        if (!item.ghost) continue;
        block.items.delete(item);
        dirty.add(block);
      }
    }
    this.extra = items;
    for (const item of items) for (const block of this.#index(item, true)) dirty.add(block);
    for (const block of dirty) this.#draw(block);
  }

  /** Marks a record as the one in hand. */
  pick(record) {
    const before = this.picked;
    this.picked = record;
    for (const one of [before, record]) {
      if (one?.start === undefined) continue;
      for (const block of this.#touched(...this.model.place(one))) {
        if (this.pending.has(block)) this.#draw(block);
        else for (const { mark, over } of block.segments) mark?.classList.toggle("picked", this.#inHand(over));
      }
    }
  }

  /** Whether the record in hand is among the items over a segment. */
  #inHand(over) {
    return this.picked !== undefined && over.some(({ record }) => sameRecord(record, this.picked));
  }

  hue(agency) {
    if (!this.hues.has(agency)) this.hues.set(agency, Math.round((210 + this.hues.size * 137.5) % 360));
    return this.hues.get(agency);
  }

  #color(record) {
    if (record.layer === "mention") return `oklch(var(--mention-l) 0.15 ${this.hue(record.agency)})`;
    if (record.layer === "stance") return `var(--${record.position})`;
    return "var(--citation)";
  }

  #draw(block) {
    this.pending.delete(block);
    const { start, end } = block;
    const items = [...block.items].map((item) => ({ ...item, place: this.model.place(item.record) }));
    items.sort((a, b) => a.place[0] - b.place[0] || b.place[1] - a.place[1]);
    const lanes = [];
    for (const item of items) {
      let lane = lanes.findIndex((free) => free <= item.place[0]);
      if (lane < 0) lane = lanes.length;
      lanes[lane] = item.place[1];
      item.lane = Math.min(lane, MOST_LANES - 1);
    }
    const cuts = new Set([start, end]);
    for (const { place } of items) for (const at of place) if (at > start && at < end) cuts.add(at);
    const points = [...cuts].sort((a, b) => a - b);
    const known = new Map(block.segments.map((segment) => [segment.key, segment]));
    block.segments = [];
    for (let at = 0; at + 1 < points.length; at++) {
      const [from, to] = [points[at], points[at + 1]];
      const over = items.filter(({ place }) => place[0] <= from && place[1] >= to);
      const look = over.length ? this.#look(over) : undefined;
      const key = JSON.stringify([from, to, look]);
      // What looks as it did stays as it is: each new element costs style and layout.
      const segment = known.get(key) ?? this.#segment(key, from, to, look);
      block.segments.push(segment);
      segment.over = over;
      segment.mark?.classList.toggle("picked", this.#inHand(over));
    }
    arrange(block.element, block.segments.map(({ mark, node }) => mark ?? node));
  }

  #segment(key, from, to, look) {
    const node = document.createTextNode(this.model.text.slice(from, to));
    const mark = look && el("span", look, node);
    return { key, from, to, node, mark };
  }

  /** The class and style of a segment below which these items are drawn: of those alone, so that it stays when others come. */
  #look(over) {
    const height = Math.max(...over.map(({ lane }) => lane)) + 1;
    const images = [];
    const positions = [];
    const sizes = [];
    const classes = ["mark"];
    let tint;
    for (const { record, ghost, lane } of over) {
      const color = ghost === "a" || ghost === "b" ? `var(--side-${ghost})` : this.#color(record);
      images.push(
        ghost
          ? `repeating-linear-gradient(90deg, ${color} 0 4px, transparent 4px 7px)`
          : `linear-gradient(${color}, ${color})`,
      );
      positions.push(`0 calc(100% - ${(height - 1 - lane) * LANE}px)`);
      sizes.push(record.layer === "citation" && !ghost ? "100% 2px" : "100% 3px");
      classes.push(ghost ? "ghost" : record.layer);
      if (record.layer === "mention" && !ghost) tint = this.hue(record.agency);
    }
    const style = {
      "background-image": images.join(", "),
      "background-position": positions.join(", "),
      "background-size": sizes.join(", "),
      "padding-bottom": `${height * LANE - 1}px`,
    };
    if (tint !== undefined) style["--hue"] = tint;
    return { class: classes.join(" "), style };
  }

  /** The items drawn at a unit, smallest first. */
  itemsAt(unit) {
    const block = this.blocks[this.blockAt(unit)];
    const length = ({ record }) => record.end - record.start;
    const over = [...(block?.items ?? [])].filter(({ record }) => {
      const [start, end] = this.model.place(record);
      return start <= unit && unit < end;
    });
    return over.sort((a, b) => length(a) - length(b) || Number(Boolean(a.ghost)) - Number(Boolean(b.ghost)));
  }

  /** The node and offset of a unit of the text. */
  toDom(unit) {
    const block = this.blocks[this.blockAt(unit)];
    if (!block) return [this.root, 0];
    for (const segment of block.segments) {
      if (unit <= segment.to && unit >= segment.from) return [segment.node, unit - segment.from];
    }
    return [block.element, block.element.childNodes.length];
  }

  /** The unit at a node and offset; undefined outside the text. */
  fromDom(node, offset) {
    if (node === this.root || node.first !== undefined) {
      const at = node === this.root ? offset * GROUP : node.first + offset;
      return this.blocks[at]?.start ?? this.model.text.length;
    }
    let element = node;
    while (element && !element.block) element = element.parentNode;
    if (!element) return undefined;
    const { block } = element;
    const segment = block.segments.find((one) => one.node === node);
    if (segment) return segment.from + offset;
    const range = document.createRange();
    range.setStart(element, 0);
    range.setEnd(node, offset);
    return block.start + range.toString().length;
  }

  /** Brings a unit into view, away from the edges. */
  reveal(unit) {
    const block = this.blocks[this.blockAt(unit)];
    if (!block) return;
    const scroller = this.root.parentElement;
    const frame = scroller.getBoundingClientRect();
    const seen = (box) => box.height > 0 && box.top > frame.top + 40 && box.bottom < frame.bottom - 60;
    let box = this.box(unit);
    if (box && seen(box)) return;
    block.element.scrollIntoView({ block: "nearest" });
    box = this.box(unit) ?? block.element.getBoundingClientRect();
    if (!seen(box)) scroller.scrollTop += box.top - frame.top - frame.height / 3;
  }

  /** Where the character behind a unit stands on the screen. */
  box(unit) {
    const [node, offset] = this.toDom(unit);
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, Math.min(offset + 1, node.length ?? offset));
    const boxes = range.getClientRects();
    return boxes[boxes.length > 1 ? boxes.length - 1 : 0] ?? (range.collapsed ? boxOfEnd(node) : undefined);
  }
}

function boxOfEnd(node) {
  if (!node.length) return undefined;
  const range = document.createRange();
  range.setStart(node, node.length - 1);
  range.setEnd(node, node.length);
  const boxes = range.getClientRects();
  const last = boxes[boxes.length - 1];
  return last && new DOMRect(last.right, last.top, 0, last.height);
}

function sameRecord(a, b) {
  return a.layer === b.layer && a.start === b.start && a.end === b.end && a.agency === b.agency && a.topic === b.topic;
}
