// The records of the open document and the history of what was done to them.

import { Offsets } from "./offsets.js";

/** The same string for records that say the same. */
export const whole = (record) => JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a record is known by (guidelines, section 4). */
export function identity(record) {
  switch (record.layer) {
    case "meta":
      return "meta";
    case "agency":
      return `agency ${record.id}`;
    case "mention":
      return `mention ${record.start} ${record.end} ${record.agency}`;
    case "stance":
      return `stance ${record.start} ${record.end} ${record.agency} ${record.topic}`;
    default:
      return `citation ${record.start} ${record.end}`;
  }
}

/** The order of records in the text. */
const inOrder = (a, b) => a.start - b.start || b.end - a.end;

const inverse = (changes) => changes.map(({ old, new: fresh }) => ({ old: fresh, new: old })).reverse();

export class Refusal extends Error {}

export class Model extends EventTarget {
  constructor(text) {
    super();
    this.text = text;
    this.offsets = new Offsets(text);
    this.known = new Map();
    this.byAgency = new Map();
    this.mentions = new Map();
    this.sorted = undefined;
    this.past = [];
    this.future = [];
    this.units = new WeakMap();
  }

  /** Replaces everything, as the server holds it. */
  load(records, entries) {
    this.known.clear();
    this.byAgency.clear();
    this.mentions.clear();
    this.sorted = undefined;
    for (const record of records) this.#put(record);
    this.past = [];
    this.future = [];
    for (const entry of entries) this.remember(entry);
    this.dispatchEvent(new CustomEvent("reset"));
  }

  #put(record) {
    this.known.set(identity(record), record);
    if (this.sorted && record.start !== undefined) this.sorted.splice(this.#behind(record), 0, record);
    if (record.layer !== "mention") return;
    this.mentions.delete(record.agency);
    if (!this.byAgency.has(record.agency)) this.byAgency.set(record.agency, new Set());
    this.byAgency.get(record.agency).add(record);
  }

  #drop(record) {
    this.known.delete(identity(record));
    if (this.sorted && record.start !== undefined) this.sorted.splice(this.sorted.lastIndexOf(record, this.#behind(record) - 1), 1);
    if (record.layer !== "mention") return;
    this.mentions.delete(record.agency);
    this.byAgency.get(record.agency)?.delete(record);
  }

  /** How many of the placed records stand before a record or where it stands. */
  #behind(record) {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inOrder(this.sorted[middle], record) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get meta() {
    return this.known.get("meta");
  }

  records(layer) {
    const all = [...this.known.values()];
    return layer ? all.filter((record) => record.layer === layer) : all;
  }

  agencies() {
    const first = (id) => this.mentionsOf(id)[0]?.start ?? Infinity;
    const rows = this.records("agency").map((agency) => [first(agency.id), agency]);
    return rows.sort((a, b) => a[0] - b[0] || (a[1].id < b[1].id ? -1 : 1)).map((row) => row[1]);
  }

  agency(id) {
    return this.known.get(`agency ${id}`);
  }

  /** An agency's mentions in text order: the same array as long as they are the same. */
  mentionsOf(id) {
    if (!this.mentions.has(id)) this.mentions.set(id, [...(this.byAgency.get(id) ?? [])].sort((a, b) => a.start - b.start));
    return this.mentions.get(id);
  }

  /** Records that stand somewhere, in text order. */
  placed() {
    if (!this.sorted) {
      const rows = [...this.known.values()].filter((record) => record.start !== undefined);
      this.sorted = rows.sort(inOrder);
    }
    return this.sorted;
  }

  /** The record that says something of the same thing. */
  same(record) {
    return this.known.get(identity(record));
  }

  has(record) {
    const known = this.same(record);
    return known !== undefined && whole(known) === whole(record);
  }

  /** Where a record stands, in UTF-16 units. */
  place(record) {
    let place = this.units.get(record);
    if (!place) {
      place = [this.offsets.toUnit(record.start), this.offsets.toUnit(record.end)];
      this.units.set(record, place);
    }
    return place;
  }

  quote(record) {
    return this.text.slice(...this.place(record));
  }

  /** A span of units as the code points of a record. */
  span(start, end) {
    return { start: this.offsets.toPoint(start), end: this.offsets.toPoint(end) };
  }

  /** The mention or citation that another one of this span would overlap. */
  inTheWay(layer, start, end, except) {
    for (const record of this.known.values()) {
      if (record.layer === layer && record !== except && record.start < end && start < record.end) return record;
    }
    return undefined;
  }

  /** Makes changes, all or none. */
  apply(changes) {
    const done = [];
    try {
      for (const change of changes) {
        this.#one(change);
        done.push(change);
      }
    } catch (refusal) {
      for (const change of inverse(done)) this.#one(change);
      throw refusal;
    }
    this.dispatchEvent(new CustomEvent("change", { detail: changes }));
  }

  #one({ old, new: fresh }) {
    if (old) {
      if (!this.has(old)) throw new Refusal("the record is not there any more, or not as it was");
      if (!fresh && old.layer === "agency" && (this.byAgency.get(old.id)?.size ?? 0) > 0) {
        throw new Refusal("the agency still has mentions");
      }
    }
    if (fresh && (!old || identity(old) !== identity(fresh)) && this.same(fresh)) {
      throw new Refusal("there is such a record already");
    }
    if (old) this.#drop(this.same(old));
    if (fresh) this.#put(fresh);
  }

  /** Makes a step of the history; gives the entry to send. */
  step(label, changes, kind = "edit", of = undefined) {
    this.apply(changes);
    const entry = { label, changes, kind, of };
    this.remember(entry);
    return entry;
  }

  /** Puts an entry where undo and redo find it. */
  remember(entry) {
    if (entry.kind === "edit") {
      this.past.push(entry);
      this.future = [];
    } else if (entry.kind === "undo") {
      const step = this.past.pop();
      if (step) this.future.push(step);
    } else if (entry.kind === "redo") {
      const step = this.future.pop();
      if (step) this.past.push(step);
    }
  }

  /** Takes the last step back; gives the entry to send, or nothing where there is none. */
  undo() {
    const step = this.past.at(-1);
    return step && this.step(`undo: ${step.label}`, this.#now(inverse(step.changes)), "undo", step);
  }

  /** Makes the last undone step again. */
  redo() {
    const step = this.future.at(-1);
    return step && this.step(step.label, this.#now(step.changes), "redo", step);
  }

  /** Of what is said of the whole only what the step changed: something else may have changed since. */
  #now(changes) {
    return changes.map(({ old, new: fresh }) => {
      if (fresh?.layer !== "meta") return { old, new: fresh };
      const changed = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter((key) => JSON.stringify(old[key]) !== JSON.stringify(fresh[key]));
      return metaChange(this.meta, Object.fromEntries(changed.map((key) => [key, fresh[key]])));
    });
  }
}

/** Only what the page may change of the whole. */
export function metaChange(meta, change) {
  const fresh = { ...meta, ...change };
  for (const key of Object.keys(fresh)) if (fresh[key] === undefined) delete fresh[key];
  return { old: meta, new: fresh };
}
