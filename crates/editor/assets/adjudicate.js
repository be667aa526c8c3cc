// Two annotators side by side: where they differ, one key decides.

import { get, path, post } from "./api.js";
import { slug } from "./guess.js";
import { identity } from "./model.js";

const plain = ({ rule: _, id, ...record }) => (record.layer === "agency" ? { id, ...record } : record);

export class Adjudication {
  constructor(editor) {
    Object.assign(this, { editor, pairs: [], names: ["A", "B"], at: -1, shown: false, neither: new Set() });
  }

  async toggle(show = !this.shown) {
    const { editor } = this;
    if (show) {
      try {
        const found = await get(path(editor.id, "/pairs"));
        this.pairs = found.pairs;
        this.names = found.names ?? this.names;
        this.neither = new Set(found.rejected.map(identity));
      } catch (fault) {
        return editor.tell(fault.message);
      }
      editor.suggestions.shown = false;
      editor.panel.tab = "disputes";
      this.heads = new Map();
      for (const pair of this.pairs) {
        if ((pair.a ?? pair.b).layer === "agency") this.heads.set((pair.a ?? pair.b).id, pair.a ?? pair.b);
      }
    }
    this.shown = show;
    document.body.classList.toggle("adjudicating", show);
    this.draw();
    if (show) this.next(1);
    else editor.drawPanel();
  }

  /** The agency of the set that an annotator's is. */
  #agency(id) {
    const { model } = this.editor;
    const head = this.heads.get(id);
    return model.records("agency").find((one) => one.id === id && one.kind === head?.kind) ?? model.records("agency").find((one) => one.name === head?.name) ?? model.agency(id);
  }

  /** The record as the set would hold it. */
  local(record) {
    const fresh = plain(record);
    if (fresh.layer === "agency") return { ...fresh, id: this.#agency(fresh.id)?.id ?? fresh.id };
    if (fresh.agency !== undefined) fresh.agency = this.#agency(fresh.agency)?.id ?? fresh.agency;
    return fresh;
  }

  /** The record of the set that says what this one says. */
  held(record) {
    if (!record) return undefined;
    const { model } = this.editor;
    const known = model.same(this.local(record));
    if (!known) return undefined;
    const wanted = this.local(record);
    return Object.keys(wanted).every((key) => key === "name" || known[key] === wanted[key]) ? known : undefined;
  }

  /** What was decided: "a", "b", "both", "neither", or nothing yet. */
  decision(pair) {
    const [a, b] = [this.held(pair.a), this.held(pair.b)];
    if (pair.agreed) return a ? "both" : undefined;
    if (a && b) return "both";
    if (a) return "a";
    if (b) return "b";
    const rejected = (record) => !record || this.neither.has(identity(record));
    return rejected(pair.a) && rejected(pair.b) ? "neither" : undefined;
  }

  get pair() {
    return this.pairs[this.at];
  }

  /** Whether a pair has to be decided: an agency that one of them lacks comes with its mentions, or not. */
  #disputes(pair) {
    return !pair.agreed && ((pair.a ?? pair.b).layer !== "agency" || Boolean(pair.a && pair.b));
  }

  disputed() {
    return this.pairs.filter((pair) => this.#disputes(pair));
  }

  /** Goes to the next or previous dispute, to open ones first. */
  next(direction, openOnly = true) {
    const { length } = this.pairs;
    for (let step = 1; step <= length; step++) {
      const at = (((this.at + direction * step) % length) + length) % length;
      const pair = this.pairs[at];
      if (!this.#disputes(pair) || (openOnly && this.decision(pair))) continue;
      this.at = at;
      return this.#show();
    }
    if (openOnly && direction !== 0) {
      this.at = -1;
      this.editor.tell("Every dispute is decided");
    }
    return this.#show();
  }

  #show() {
    const { editor, pair } = this;
    const record = pair?.a ?? pair?.b;
    if (record?.start !== undefined) {
      const [start] = editor.model.place(record);
      editor.caret.set(start);
    }
    this.draw();
    editor.drawPanel();
  }

  draw() {
    const { editor } = this;
    const items = [];
    if (this.shown && this.pair && !this.pair.agreed) {
      for (const side of ["a", "b"]) if (this.pair[side]?.start !== undefined) items.push({ record: this.pair[side], ghost: side });
    }
    editor.view.setExtra(items);
    editor.caret.draw();
  }

  /** The changes that put a record in, its agency with it. */
  #putting(record, made) {
    const { model } = this.editor;
    const changes = [];
    const fresh = this.local(record);
    if (fresh.agency !== undefined && !model.agency(fresh.agency) && !made.has(fresh.agency)) {
      const head = this.heads.get(fresh.agency);
      if (head) {
        const id = model.agency(head.id) ? slug(head.name, (taken) => model.agency(taken) !== undefined) : head.id;
        changes.push({ new: { ...plain(head), id } });
        made.add(fresh.agency);
        fresh.agency = id;
      }
    }
    const known = model.same(fresh);
    if (fresh.layer === "agency" && !known) {
      if (!made.has(fresh.id)) changes.push({ new: fresh });
      made.add(fresh.id);
    } else if (!this.held(record)) changes.push(known ? { old: known, new: fresh } : { new: fresh });
    return changes;
  }

  #removing(record) {
    const held = this.held(record);
    return held && held.layer !== "agency" ? [{ old: held }] : [];
  }

  /** Decides the dispute in hand: "a", "b", "both" or "neither". */
  async decide(what) {
    const { editor, pair } = this;
    if (!pair || pair.agreed) return;
    const made = new Set();
    const wanted = { a: [pair.a], b: [pair.b], both: [pair.a, pair.b], neither: [] }[what].filter(Boolean);
    const others = [pair.a, pair.b].filter((record) => record && !wanted.includes(record));
    const keep = new Set(wanted.map((record) => identity(this.local(record))));
    const changes = [...others.filter((record) => !keep.has(identity(this.local(record)))).flatMap((record) => this.#removing(record)), ...wanted.flatMap((record) => this.#putting(record, made))];
    if (changes.length) editor.act(`decide: ${what === "a" || what === "b" ? this.names[what === "a" ? 0 : 1] : what}`, changes, undefined);
    for (const record of [pair.a, pair.b].filter(Boolean)) {
      const rejected = !wanted.includes(record);
      if (rejected === this.neither.has(identity(record))) continue;
      if (rejected) this.neither.add(identity(record));
      else this.neither.delete(identity(record));
      post(path(editor.id, "/decisions"), { rejected, origin: "comparison", record, holder: this.heads.get(record.agency ?? record.id)?.name }).catch((fault) => editor.tell(fault.message));
    }
    this.next(1);
  }

  /** Takes everything both say the same of. */
  takeAgreed() {
    const { editor } = this;
    const made = new Set();
    const agreed = this.pairs.filter((pair) => pair.agreed && !this.held(pair.a));
    const heads = agreed.filter((pair) => pair.a.layer === "agency");
    const rest = agreed.filter((pair) => pair.a.layer !== "agency");
    const changes = [...heads, ...rest].flatMap((pair) => this.#putting(pair.a, made));
    if (changes.length) editor.act(`take ${agreed.length} records both agree on`, changes, undefined);
    editor.tell(changes.length ? `${agreed.length} records taken` : "They are all taken");
    editor.drawPanel();
  }
}
