// Suggestions of the rules: drawn as ghosts, taken or rejected by key, one by one or rule by rule.

import { get, path, post } from "./api.js";
import { slug } from "./guess.js";
import { identity, metaChange } from "./model.js";

export class Suggestions {
  constructor(editor) {
    Object.assign(this, { editor, records: [], agencies: new Map(), rejected: new Set(), says: {}, shown: false, loaded: false });
    this.explained = new Map();
  }

  /** Shows or hides the ghosts; the first showing marks the document as assisted, for good. */
  async toggle(show = !this.shown) {
    const { editor } = this;
    if (show && editor.readOnly) return undefined;
    if (show && !this.loaded) {
      try {
        await this.load();
      } catch (fault) {
        return editor.tell(fault.message);
      }
    }
    this.shown = show;
    if (show) {
      editor.adjudication.shown = false;
      editor.panel.tab = "suggestions";
    }
    if (show && editor.model.meta.assisted !== true) {
      editor.act("mark as assisted", [metaChange(editor.model.meta, { assisted: true })], editor.picked, "setting");
    }
    this.draw();
    editor.drawPanel();
    if (show) editor.tell(`${this.waiting.length} suggestions: n goes to the next, y takes it, x rejects it`);
    if (show && !editor.picked) editor.go(1);
    return undefined;
  }

  async load() {
    const found = await get(path(this.editor.id, "/suggestions"));
    this.says = found.says;
    this.agencies = new Map(found.records.filter((one) => one.layer === "agency").map((one) => [one.id, one]));
    this.records = found.records.filter((one) => one.layer !== "agency");
    this.records.sort((a, b) => a.start - b.start || a.end - b.end);
    this.rejected = new Set(found.rejected.map(identity));
    this.loaded = true;
  }

  /** The agency of the set that a suggested one is: by id and name, by name, by a shared mention. */
  agencyOf(id) {
    const { model } = this.editor;
    const theirs = this.agencies.get(id);
    const all = model.records("agency");
    const named = all.find((one) => one.name === theirs?.name);
    if (named) return named;
    const spans = new Set(this.records.filter((one) => one.layer === "mention" && one.agency === id).map((one) => `${one.start} ${one.end}`));
    const shared = all.find((one) => model.mentionsOf(one.id).some((mention) => spans.has(`${mention.start} ${mention.end}`)));
    return shared ?? (model.agency(id)?.kind === theirs?.kind ? model.agency(id) : undefined);
  }

  /** Whether the set says something of the same thing already. */
  #settled(record) {
    const { model } = this.editor;
    if (record.layer !== "stance") return model.inTheWay(record.layer, record.start, record.end) !== undefined;
    const agency = this.agencyOf(record.agency);
    return model.records("stance").some((one) => one.agency === agency?.id && one.topic === record.topic && one.start < record.end && record.start < one.end);
  }

  /** Suggestions that wait for a decision. */
  open() {
    return this.records.filter((record) => !this.rejected.has(identity(record)) && !this.#settled(record));
  }

  draw() {
    const { editor } = this;
    this.waiting = this.shown ? this.open() : [];
    editor.view.setExtra(this.waiting.map((record) => ({ record, ghost: true })));
    editor.caret.draw();
  }

  /** The changes that take suggestions into the set. */
  #taking(records) {
    const { model } = this.editor;
    const changes = [];
    const made = new Map();
    for (const { rule: _, id: __, ...record } of records) {
      if (record.agency !== undefined) {
        const theirs = this.agencies.get(record.agency);
        let id = this.agencyOf(record.agency)?.id ?? made.get(record.agency);
        if (!id) {
          const { rule: ___, ...head } = theirs;
          id = model.agency(head.id) ? slug(head.name, (taken) => model.agency(taken) !== undefined) : head.id;
          made.set(record.agency, id);
          changes.push({ new: { ...head, id } });
        }
        record.agency = id;
      }
      changes.push({ new: record });
    }
    return changes;
  }

  take(records) {
    if (records.length === 0) return;
    const changes = this.#taking(records);
    const label = records.length === 1 ? `take ${records[0].layer}` : `take ${records.length} suggestions`;
    this.editor.act(label, changes, changes.at(-1).new);
    this.draw();
  }

  async reject(records) {
    for (const record of records) this.rejected.add(identity(record));
    this.draw();
    for (const record of records) await post(path(this.editor.id, "/decisions"), { rejected: true, origin: "suggestion", record, holder: this.agencies.get(record.agency)?.name });
  }

  async restore(record) {
    this.rejected.delete(identity(record));
    this.draw();
    await post(path(this.editor.id, "/decisions"), { rejected: false, origin: "suggestion", record, holder: this.agencies.get(record.agency)?.name });
  }

  /** The derivation of a suggestion: the sentence view of `goldrule explain` and the record's part of it. */
  async explain(record) {
    const key = identity(record);
    if (!this.explained.has(key)) {
      const told = await get(path(this.editor.id, `/explain?at=${record.start}`));
      const views = told.sentences.flatMap((sentence) => sentence[`${record.layer}s`] ?? []);
      const at = (view) => view.evidence ?? view.place;
      const view = views.find((one) => at(one).start === record.start && at(one).end === record.end && (one.topic === undefined || one.topic === record.topic));
      this.explained.set(key, reasons(view, this.says[record.rule]));
    }
    return this.explained.get(key);
  }
}

/** A derivation as lines of prose. */
function reasons(view, say) {
  const lines = [];
  if (say) lines.push(["The rule finds", say]);
  if (!view) return lines;
  if (view.rule.pattern) lines.push(["Pattern", view.rule.pattern]);
  if (view.rule.file) lines.push(["Written in", `${view.rule.file}, line ${view.rule.line}`]);
  if (view.core) lines.push(["It matched", `“${view.core.text}”, which says ${view.base}`]);
  for (const operator of view.operators ?? []) lines.push(["Context", `“${operator.trigger.text}” ${operator.effect}`]);
  if (view.holder) lines.push(["Holder", `${view.holder.name}: ${view.holder.because}`]);
  if (view.attributed) lines.push(["Attribution", view.attributed]);
  if (view.joined) lines.push(["Agency", `${view.name}, joined by ${view.joined}`]);
  return lines;
}
