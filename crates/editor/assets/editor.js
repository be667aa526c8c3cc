// One open document: what is done to it, and what has to be drawn then.

import { Adjudication } from "./adjudicate.js";
import { Link, get, path, post } from "./api.js";
import { Caret } from "./caret.js";
import { button, byId, el, idle, notice, put, say } from "./dom.js";
import { take } from "./keys.js";
import { Model, Refusal, metaChange, whole } from "./model.js";
import { Panel } from "./panels.js";
import { Prompt } from "./prompt.js";
import { Suggestions } from "./suggest.js";
import { TextView } from "./text.js";

/** How long lists may lag behind the text, in milliseconds. */
const LAG = 120;

export class Editor {
  constructor(opened, project, client, changed) {
    this.id = opened.id;
    this.opened = opened;
    this.project = project;
    this.changed = changed;
    this.readOnly = Boolean(opened.read_only);
    this.problems = [];
    this.model = new Model(opened.text);
    this.model.load(opened.records, opened.news.entries);
    this.view = new TextView(byId("text"), this.model);
    this.caret = new Caret(this.view, byId("caret"), () => this.#moved());
    this.caret.clicked = (unit) => this.#clicked(unit);
    this.suggestions = new Suggestions(this);
    this.adjudication = new Adjudication(this);
    this.panel = new Panel(this);
    this.prompt = new Prompt(this, project.guidelines);
    this.model.addEventListener("change", (event) => this.#drawChange(event.detail));
    this.link = new Link(this.id, client, {
      news: (news) => this.#news(news),
      refused: (entry, fault) => this.#refused(entry, fault),
      away: (waiting) => this.#away(waiting),
      sending: () => this.#tellSaved("waiting"),
    });
    this.link.seq = opened.news.seq;
    this.link.take(opened.news);
    this.link.listen();
    byId("main").scrollTop = 0;
    this.#drawControls();
    this.drawPanel();
    this.focus();
    this.caret.set(0);
    this.#greet();
  }

  #greet() {
    if (this.readOnly) notice(`This document can be read but not changed: ${this.opened.read_only}.`, "warn");
    if (this.opened.set_aside) notice(`Begun anew from the gold file: ${this.opened.set_aside}.`, "warn");
    if (this.opened.recovered) notice(`${this.opened.recovered} steps that were not in the file yet were brought back from the journal.`, "info");
  }

  close() {
    this.caret.close();
    this.view.closed = true;
    this.link.close();
    document.body.classList.remove("adjudicating");
    byId("notices").replaceChildren();
  }

  focus() {
    this.view.root.focus({ preventScroll: true });
  }

  /** The keys that matter now, where nothing else was said. */
  hint() {
    const record = this.picked;
    if (this.flow) return;
    const keys = this.adjudication.shown
      ? "1 first · 2 second · 3 both · 0 neither · n p next, previous · m end · ? all keys"
      : this.ghostInHand()
        ? "y take · x reject · n p next, previous · g hide · ? all keys"
        : record
          ? { mention: "f form · j agency · k kind · Enter fields", stance: "j holder · t topic · i position · r attribution", citation: "k kind · Enter canonical id" }[record.layer] + (record.layer === "stance" ? "" : " · e everywhere") + " · b boundaries · Del remove · u undo"
          : "a agency · s stance · c citation · . sentence · n p next, previous · g suggestions · ? all keys";
    put(byId("hints"), keys);
  }

  tell(text) {
    put(byId("hints"), text);
    say(text);
  }

  nameOf(id) {
    return this.model.agency(id)?.name ?? this.suggestions.agencies.get(id)?.name ?? this.adjudication.heads?.get(id)?.name ?? id;
  }

  /** Makes a step: draws it, sends it, gives the entry. `hand` is the record to have in hand then. */
  act(label, changes, hand, kind = "edit") {
    if (this.readOnly) return void this.tell("This document can be read but not changed.");
    const before = this.model.meta.assisted;
    let steps = changes;
    let entry;
    try {
      this.picked = undefined;
      // A document annotated without suggestions is a blind one.
      if (kind === "edit" && before === undefined) {
        this.link.send(this.model.step("mark as blind", [metaChange(this.model.meta, { assisted: false })], "setting"));
        steps = changes.map((change) => (change.new?.layer === "meta" ? { old: this.model.meta, new: { ...change.new, assisted: false } } : change));
      }
      entry = this.model.step(label, steps, kind);
      this.link.send(entry);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return void this.tell(`Not done: ${refusal.message}.`);
    }
    this.pick(hand && this.model.same(hand));
    if (hand?.start !== undefined) this.caret.set(...this.model.place(hand).toReversed());
    say(label);
    return entry;
  }

  #history(step, nothing, steps) {
    if (this.readOnly) return;
    try {
      const entry = step();
      if (!entry) return this.tell(nothing);
      this.link.send(entry);
      const placed = entry.changes.map((change) => change.new ?? change.old).find((record) => record?.start !== undefined);
      this.pick(placed && this.model.same(placed));
      if (placed) this.caret.set(this.model.place(placed)[0]);
      this.tell(entry.label);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // What somebody else changed since stays; the steps before it can still be taken back.
      steps.pop();
      this.tell(`That step cannot be taken back: ${refusal.message}. Press again for the one before it.`);
    }
  }

  undo() {
    this.#history(() => this.model.undo(), "Nothing to undo: this is how the journal began.", this.model.past);
  }

  redo() {
    this.#history(() => this.model.redo(), "Nothing to redo.", this.model.future);
  }

  /** What a key would do, for buttons. */
  press(key) {
    take(this, { key, target: document.body, preventDefault() {}, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false });
    if (!this.flow?.step?.text) this.focus();
  }

  /** Takes a record in hand. */
  pick(record) {
    if (record === this.picked) return;
    this.picked = record;
    this.view.pick(record);
    this.caret.draw();
    this.drawPrompt();
    this.hint();
    this.panel.mark();
  }

  /** Takes a record in hand and goes there. */
  show(record) {
    const known = this.model.has(record) ? this.model.same(record) : undefined;
    const [start] = this.model.place(record);
    this.focus();
    this.caret.set(start);
    this.pick(known);
    this.drawPrompt();
  }

  /** Goes to a span of code points, and takes the record that stands there in hand. */
  goTo(start, end) {
    const { offsets } = this.model;
    const record = this.model.placed().find((one) => one.start === start && one.end === end);
    if (record) this.show(record);
    else {
      this.focus();
      this.pick(undefined);
      this.caret.set(offsets.toUnit(start), offsets.toUnit(end));
    }
  }

  escape() {
    this.caret.set(this.caret.focus);
    this.pick(undefined);
    this.drawPrompt();
  }

  #clicked(unit) {
    const items = this.view.itemsAt(unit).filter((item) => item.ghost !== "a" && item.ghost !== "b");
    // A click where the record in hand stands takes the next one below it.
    const at = items.findIndex(({ record }) => record === this.picked);
    const item = items[(at + 1) % (items.length || 1)];
    this.pick(item && !item.ghost ? item.record : undefined);
    this.drawPrompt();
  }

  /** How many records overlap at the caret. */
  overlapping() {
    return this.view.itemsAt(this.caret.start).filter((item) => !item.ghost).length;
  }

  /** Takes the next of several records at this place in hand; whether there are several. */
  cycle() {
    const items = this.view.itemsAt(this.caret.start).filter((item) => !item.ghost);
    if (items.length < 2 && items[0]?.record === this.picked) return false;
    if (items.length === 0) return false;
    const at = items.findIndex(({ record }) => record === this.picked);
    this.pick(items[(at + 1) % items.length].record);
    return true;
  }

  /** Goes to the next or previous thing to look at. */
  go(direction) {
    if (this.adjudication.shown) return this.adjudication.next(direction, false);
    const ghosts = this.suggestions.shown ? (this.suggestions.waiting ?? []) : [];
    const list = ghosts.length ? ghosts : this.model.placed();
    if (list.length === 0) return this.tell("No records yet.");
    const here = this.model.offsets.toPoint(this.caret.start);
    const current = ghosts.length ? this.ghostInHand() : this.picked;
    const at = list.findIndex((record) => record === current);
    let next;
    if (at >= 0) next = list[(at + direction + list.length) % list.length];
    else next = direction > 0 ? (list.find((record) => record.start >= here) ?? list[0]) : (list.findLast((record) => record.start < here) ?? list.at(-1));
    this.chosen = ghosts.length ? next : undefined;
    this.show(next);
    return undefined;
  }

  /** The suggestion at the caret. */
  ghostInHand() {
    const { waiting } = this.suggestions;
    if (!this.suggestions.shown || !waiting?.length || this.picked) return undefined;
    const here = this.view.itemsAt(this.caret.start).filter((item) => item.ghost === true);
    return here.find((item) => item.record === this.chosen)?.record ?? here[0]?.record;
  }

  takeSuggestion() {
    const record = this.ghostInHand();
    if (!record) return;
    this.suggestions.take([record]);
    this.#afterDecision(record);
  }

  rejectSuggestion() {
    const record = this.ghostInHand();
    if (!record) return;
    this.suggestions.reject([record]).catch((fault) => this.tell(`Not stored: ${fault.message}`));
    this.#afterDecision(record);
  }

  #afterDecision(record) {
    const { waiting } = this.suggestions;
    const next = waiting.find((one) => one.start >= record.start) ?? waiting[0];
    this.chosen = next;
    if (next) this.show(next);
    else this.tell("Nothing left to decide");
    this.drawPanel();
  }

  toggleDone() {
    const { meta } = this.model;
    const status = meta.status === "done" ? "draft" : "done";
    this.act(`status: ${status}`, [metaChange(meta, { status })], this.picked);
    this.#drawControls();
  }

  async save() {
    await this.link.sent();
    this.#news(await post(path(this.id, "/save")));
  }

  // Drawing.

  #moved() {
    if (this.picked) {
      const [start, end] = this.model.place(this.picked);
      if (this.caret.end < start || this.caret.start > end) {
        this.picked = undefined;
        this.view.pick(undefined);
        this.caret.draw();
      }
    }
    if (!this.flow) this.drawPrompt();
    this.hint();
    const point = this.model.offsets.toPoint(this.caret.focus);
    const length = this.caret.end - this.caret.start;
    put(byId("place"), length ? `character ${point}, ${this.model.offsets.toPoint(this.caret.end) - this.model.offsets.toPoint(this.caret.start)} selected` : `character ${point}`);
  }

  #drawChange(changes) {
    this.view.change(changes);
    if (this.picked && this.model.same(this.picked) !== this.picked) {
      this.picked = undefined;
      this.view.pick(undefined);
    }
    this.caret.draw();
    if (changes.some((change) => change.new?.layer === "meta")) this.#drawControls();
    this.#later();
  }

  /** Draws what may lag behind the text. */
  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => idle(() => this.#drawLate(), { timeout: LAG }), LAG);
  }

  #drawLate() {
    if (this.link.closed.signal.aborted) return;
    if (this.suggestions.shown) this.suggestions.draw();
    this.drawPanel();
  }

  /** Draws the upper part of the panel, once for all that a key does. */
  drawPrompt() {
    if (this.prompting) return;
    this.prompting = true;
    queueMicrotask(() => {
      this.prompting = false;
      if (!this.link.closed.signal.aborted) this.prompt.draw();
    });
  }

  drawPanel() {
    // A field that is written in stays.
    if (byId("prompt").contains(document.activeElement) && document.activeElement.matches("input")) return;
    this.panel.draw();
  }

  #drawControls() {
    const { meta } = this.model;
    const status = el("select", { "aria-label": "Status", disabled: this.readOnly, onchange: (event) => this.act("status", [metaChange(this.model.meta, { status: event.target.value })], this.picked) }, this.project.words.status.map((word) => el("option", { value: word, selected: word === (meta.status ?? "draft") }, word)));
    const how = meta.assisted === true ? "assisted" : meta.assisted === false ? "blind" : "not begun";
    byId("controls").replaceChildren(
      el("span", { class: "badge", title: "Whether suggestions were shown while annotating" }, how),
      status,
      button("Suggestions", "g", () => this.press("g"), { disabled: this.readOnly }),
      ...(this.project.annotators ? [button("Adjudicate", "m", () => this.press("m"))] : []),
      button("Undo", "u", () => this.press("u")),
      button("Redo", "U", () => this.press("U")),
      button("Keys", "?", () => this.press("?")),
    );
  }

  // The server.

  #away(waiting) {
    document.body.classList.toggle("away", waiting > 0);
    if (waiting > 0) byId("saved").textContent = `The server does not answer; what you did since waits in this window`;
    else if (this.savedText) byId("saved").textContent = this.savedText;
  }

  #news(news) {
    document.body.classList.remove("away");
    const others = news.entries.filter((entry) => entry.client !== this.link.client && !this.seen?.has(entry.seq));
    if (this.seen) {
      try {
        for (const entry of others) {
          this.model.apply(entry.changes);
          this.model.remember(entry);
        }
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        this.resync();
      }
      if (others.length) this.tell(others[0].client === "file" ? "The file was changed outside; its changes were merged" : "Another window changed this document");
    }
    this.seen ??= new Set();
    for (const entry of news.entries) this.seen.add(entry.seq);
    this.problems = news.problems;
    this.#drawConflicts(news.conflicts);
    const is = news.saved.is === "saved" && !this.link.isAllIn(news) ? "waiting" : news.saved.is;
    this.#tellSaved(is, news.saved.why);
    if (is === "saved" && this.wasWaiting) this.changed();
    this.wasWaiting = is !== "saved";
    this.#later();
  }

  #tellSaved(is, why) {
    this.savedText = { saved: "Saved", waiting: "Saving…", blocked: `Not saved: ${why} (every step is in the journal)` }[is];
    put(byId("saved"), this.savedText);
    byId("saved").className = is;
  }

  /** Takes the document anew from the server. */
  async resync() {
    const opened = await get(path(this.id));
    this.picked = undefined;
    this.model.load(opened.records, opened.news.entries);
    for (const entry of opened.news.entries) this.seen.add(entry.seq);
    this.link.seq = opened.news.seq;
    // What this window has not sent yet is made again on top.
    for (const entry of this.link.queue) {
      try {
        this.model.apply(entry.changes);
        this.model.remember(entry);
      } catch {
        // The server will refuse it too, and tell.
      }
    }
    this.view.reset();
    this.caret.draw();
    this.drawPanel();
  }

  async #refused(entry, fault) {
    const told = entry.changes.map(({ old, new: fresh }) => this.#tell(fresh ?? old)).filter(Boolean).join("; ");
    await this.resync();
    if (entry.kind === "setting" && fault.status === 409) {
      // Another window set it first; that suggestions were shown stands above all.
      if (entry.changes[0].new.assisted && !this.model.meta.assisted) this.act(entry.label, [metaChange(this.model.meta, { assisted: true })], undefined, "setting");
      return;
    }
    if (fault.status !== 409) {
      notice(`“${entry.label}” was not taken: ${fault.message}`, "warn");
      return;
    }
    const mine = entry.changes.map((change) => change.new).filter((record) => record && record.layer !== "meta");
    const again = { label: "Apply mine all the same", run: () => this.#force(mine) };
    notice(`Another window was first, so “${entry.label}” was not made: ${fault.message}. Yours was: ${told}`, "warn", mine.length ? [again] : []);
  }

  #tell(record) {
    if (!record || record.layer === "meta") return "";
    return record.start === undefined ? record.name : `“${this.model.quote(record)}” (${this.panel.told(record)})`;
  }

  /** Puts records in whatever stands in their place. */
  #force(records) {
    const changes = [];
    for (const record of records) {
      const known = this.model.same(record);
      if (known && whole(known) === whole(record)) continue;
      const other = record.layer === "mention" || record.layer === "citation" ? this.model.inTheWay(record.layer, record.start, record.end, known) : undefined;
      if (other) changes.push({ old: other });
      changes.push(known ? { old: known, new: record } : { new: record });
    }
    if (changes.length) this.act("apply mine", changes, records.at(-1));
  }

  #drawConflicts(conflicts) {
    this.conflicts = conflicts;
    const key = JSON.stringify(conflicts);
    if (key === (this.conflictKey ?? "[]")) return;
    this.conflictKey = key;
    for (const box of document.querySelectorAll(".notice.conflict")) box.remove();
    for (const conflict of conflicts) {
      const settle = () => post(path(this.id, "/settle"), { conflict: conflict.id }).then((news) => this.#news(news), () => this.#conflictsAgain());
      const told = (record) => (record ? this.#tell(record) || "the status" : "removed");
      const key = !conflict.ours && !conflict.theirs;
      notice(`The file was changed outside and one record could not be merged (${conflict.why}). Here: ${told(conflict.ours)}. In the file: ${told(conflict.theirs)}.`, "warn conflict", [
        { label: "Keep what is here", run: settle },
        ...(key ? [] : [{ label: "Take the file's", run: async () => ((await this.#takeTheirs(conflict)) ? settle() : this.#conflictsAgain()) }]),
      ]);
    }
  }

  /** Puts the file's record in the place of the one here; whether the server took that. */
  async #takeTheirs({ ours, theirs }) {
    const known = ours && this.model.same(ours);
    const changes = theirs ? [{ old: this.model.same(theirs) ?? known, new: theirs }] : known ? [{ old: known }] : [];
    if (changes.length === 0) return true;
    const entry = this.act("take the file's", changes, undefined);
    await this.link.sent();
    return entry?.seq !== undefined;
  }

  /** Asks again about conflicts of which one could not be settled. */
  #conflictsAgain() {
    this.conflictKey = undefined;
    this.#drawConflicts(this.conflicts);
  }
}
