// The upper part of the side panel: the question asked, or the record in hand and its labels, with the
// guidelines beside each choice.

import { get, path } from "./api.js";
import { arrange, button, byId, el, idle, put } from "./dom.js";
import { rename, replace, short } from "./flows.js";
import { identity } from "./model.js";
import { KEYS, SECTIONS, human } from "./words.js";

/** Answers that are drawn at once, which fill what is in sight; the others follow while nobody waits. */
const AT_ONCE = 10;

export class Prompt {
  constructor(editor, guidelines) {
    Object.assign(this, { editor, guidelines });
    this.paragraphs = new Map();
    this.sections = new Map();
    this.fields = new Map();
  }

  /** What the guidelines say of a word. */
  rule(of, word) {
    const key = `${of} ${word}`;
    if (!this.paragraphs.has(key)) this.paragraphs.set(key, this.#find(of, word));
    return this.paragraphs.get(key);
  }

  #find(of, word) {
    const table = of === "citation" ? "kind" : of;
    const row = this.guidelines.rows.find((one) => one.section === SECTIONS[of] && one.of === table && one.word === word);
    if (row) return row.says.map(([head, text]) => (head === "what" || head === "mark" || row.says.length === 1 ? text : `${head}: ${text}`)).join(" · ").replaceAll("`", "");
    const bullet = of === "attribution" && this.guidelines.rules.find(([, text]) => text.startsWith("`attribution`"))?.[1];
    const part = bullet && new RegExp(`\`${word}\` \\(([^)]*)\\)`, "u").exec(bullet);
    return part ? part[1] : "";
  }

  /** The paragraphs of a section; one element for all, so that it stays as open as it was. */
  #rules(section) {
    if (!this.sections.has(section)) this.sections.set(section, this.#section(section));
    return this.sections.get(section);
  }

  #section(section) {
    const rows = this.guidelines.rules.filter(([at]) => at === section).map(([, text]) => el("li", {}, text.replaceAll("`", "")));
    return el("details", { class: "rules" }, el("summary", {}, `Guidelines, section ${section}`), el("ul", {}, rows));
  }

  /** Draws it, where it would say something else than it does. */
  draw() {
    const box = byId("prompt");
    const says = this.#says(box);
    if (says && this.said?.length === says.length && says.every((part, at) => part === this.said[at])) return;
    this.said = says;
    const field = box.contains(document.activeElement) ? document.activeElement.dataset?.field : undefined;
    this.#fill(box);
    const again = field && box.querySelector(`[data-field="${field}"]`);
    if (again && again !== document.activeElement) {
      again.focus();
      again.select();
    }
  }

  /** What is drawn now; undefined where that is not told by a few values. */
  #says(box) {
    const { editor } = this;
    if (editor.flow) return [editor.flow.options];
    if ((editor.adjudication.shown && editor.adjudication.pair) || editor.ghostInHand()) return undefined;
    const { picked } = editor;
    if (!picked) return [short(editor.caret.selected)];
    // What was typed and not taken gives way to what the record says.
    if ([...box.querySelectorAll("input")].some((input) => input.value !== input.defaultValue)) return undefined;
    return [picked, editor.model.agency(picked.agency), editor.overlapping()];
  }

  #fill(box) {
    const { editor } = this;
    if (editor.flow) return this.#drawFlow(box, editor.flow);
    if (editor.adjudication.shown && editor.adjudication.pair) return box.replaceChildren(...this.#dispute());
    const ghost = editor.ghostInHand();
    if (ghost) return box.replaceChildren(...this.#ghost(ghost));
    if (editor.picked) return arrange(box, this.#record(editor.picked));
    const { caret } = editor;
    const selected = caret.start < caret.end;
    box.replaceChildren(
      el("h2", {}, selected ? `“${short(caret.selected)}”` : "Nothing selected"),
      el("p", { class: "muted" }, selected ? "Mark it as" : "Select with Shift and the arrow keys, with . for a sentence, or with the mouse; then mark it as"),
      el(
        "div",
        { class: "choices" },
        ["Agency", "Stance", "Citation"].map((layer) => button(layer, layer[0].toLowerCase(), () => editor.press(layer[0].toLowerCase()), { class: layer.toLowerCase(), disabled: editor.readOnly })),
      ),
    );
    return undefined;
  }

  #drawFlow(box, flow) {
    const { step } = flow;
    const parts = [el("h2", {}, flow.title), el("p", { class: "ask" }, step.ask)];
    if (step.text) {
      const input = el("input", { type: "text", "aria-label": step.ask, autocomplete: "off", spellcheck: "false" });
      input.value = step.text(flow.answers);
      const fault = el("p", { class: "fault", role: "alert" });
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          event.stopPropagation();
          this.editor.focus();
          flow.answer(input.value.trim());
        } else if (event.key === "Escape") {
          event.stopPropagation();
          flow.key("Escape");
          this.editor.focus();
        }
      });
      input.addEventListener("input", () => this.#checkCanonical(input, fault));
      box.replaceChildren(...parts, input, fault, this.#rules(step.section));
      input.focus();
      input.select();
      return;
    }
    const cancel = button("Cancel", "Esc", () => flow.key("Escape"), { class: "plain" });
    box.replaceChildren(...parts, this.#options(flow), cancel, this.#rules(step.section ?? SECTIONS[step.of]));
  }

  #options(flow) {
    const { options } = flow;
    const list = el("div", { class: "options" }, options.slice(0, AT_ONCE).map((option) => this.#option(flow, option)));
    const more = () => {
      if (list.isConnected) list.append(el("div", { class: "options later" }, options.slice(AT_ONCE).map((option) => this.#option(flow, option))));
    };
    if (options.length > AT_ONCE) idle(more);
    return list;
  }

  #option(flow, option) {
    const told = option.word ? this.rule(flow.step.of, option.word) : option.agency ? this.#about(option.agency) : "";
    return el(
      "button",
      { type: "button", class: option.suggested ? "option suggested" : "option", onclick: () => flow.answer(option.value), onmousedown: (event) => event.preventDefault() },
      el("kbd", {}, option.suggested ? `${option.key} ⏎` : option.key),
      el("span", { class: "label" }, option.label),
      el("span", { class: "told" }, told),
    );
  }

  #about(agency) {
    const quotes = [...new Set(this.editor.model.mentionsOf(agency.id).map((mention) => this.editor.model.quote(mention)))];
    return `${human(agency.kind)}: ${quotes.slice(0, 3).map(short).join(", ")}`;
  }

  async #checkCanonical(input, fault) {
    const typed = input.value.trim();
    const told = typed ? await get(path(this.editor.id, `/citation?start=0&end=0&canonical=${encodeURIComponent(typed)}`)).catch(() => ({})) : {};
    if (input.value.trim() === typed) fault.textContent = told.fault ?? "";
  }

  /** The choice of a label; one element for all records, in which only what differs is drawn. */
  #chips(record, name, of, key) {
    if (!this.fields.has(of)) this.fields.set(of, this.#chipField(name, of, key));
    const field = this.fields.get(of);
    field.record = record;
    for (const [word, chip] of field.chips) chip.setAttribute("aria-pressed", String(word === record[name]));
    put(field.told, this.rule(of, record[name]));
    return field.element;
  }

  #chipField(name, of, key) {
    const { editor } = this;
    const field = { told: el("p", { class: "told" }) };
    const chip = (word) =>
      el("button", { type: "button", class: "chip", title: this.rule(of, word), disabled: editor.readOnly, onmousedown: (event) => event.preventDefault(), onclick: () => replace(editor, field.record, { [name]: word }) }, human(word));
    field.chips = Object.keys(KEYS[of]).map((word) => [word, chip(word)]);
    const buttons = field.chips.map(([, button]) => button);
    field.element = el("div", { class: "field", role: "group", "aria-label": human(name) }, el("span", { class: "field-name" }, human(name), " ", el("kbd", {}, key)), el("div", { class: "chips" }, buttons), field.told);
    return field;
  }

  /** A label that is written; one element for all records, too. */
  #input(label, record, name, placeholder) {
    if (!this.fields.has(name)) this.fields.set(name, this.#inputField(label, name, placeholder));
    const field = this.fields.get(name);
    const { input } = field;
    // What is being typed stays when another label of the same record was taken meanwhile.
    const typing = input === document.activeElement && input.value !== input.defaultValue && identity(field.record) === identity(record);
    field.record = record;
    input.defaultValue = record[name] ?? "";
    if (typing) return field.element;
    input.value = input.defaultValue;
    put(field.fault, "");
    return field.element;
  }

  #inputField(label, name, placeholder) {
    const { editor } = this;
    const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false", placeholder, disabled: editor.readOnly, "data-field": name });
    const fault = el("span", { class: "fault" });
    const field = { input, fault, element: el("label", { class: "field" }, el("span", { class: "field-name" }, label), input, fault) };
    const commit = (record, typed) => {
      const now = editor.model.same(record);
      if (!now || (now[name] ?? "") === typed) return;
      if (name === "id") rename(editor, now, typed);
      else replace(editor, now, { [name]: typed });
    };
    input.addEventListener("change", () => {
      // Later: the focus is just on its way to another field. The record in hand may be another one then.
      const { record } = field;
      const typed = input.value.trim();
      setTimeout(() => commit(record, typed));
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      const { record } = field;
      const typed = input.value.trim();
      editor.focus();
      commit(record, typed);
    });
    if (name === "canonical") input.addEventListener("input", () => this.#checkCanonical(input, fault));
    return field;
  }

  #record(record) {
    const { editor } = this;
    const { model } = editor;
    const buttons = [button("Remove", "Del", () => editor.press("Delete"), { class: "plain", disabled: editor.readOnly })];
    if (record.layer !== "stance") buttons.unshift(button("Same everywhere", "e", () => editor.press("e"), { class: "plain", disabled: editor.readOnly }));
    const tail = el("div", { class: "actions" }, buttons);
    const others = editor.overlapping();
    const hint = others > 1 ? el("p", { class: "muted" }, el("kbd", {}, "Tab"), ` ${others} records overlap here`) : undefined;
    const quote = el("h2", {}, `“${short(model.quote(record))}”`);
    if (record.layer === "mention") {
      const agency = model.agency(record.agency);
      return [
        quote,
        el("p", { class: "muted" }, "mention of ", el("strong", {}, agency.name), " ", el("kbd", {}, "j")),
        this.#chips(record, "form", "form", "f"),
        this.#chips(agency, "kind", "kind", "k"),
        this.#input("full official name", agency, "name"),
        this.#input("jurisdiction", agency, "jurisdiction", "ocd-division/country:us/state:ca/place:stockton"),
        this.#input("id of the agency", agency, "id"),
        tail,
        hint,
        this.#rules(1),
      ].filter(Boolean);
    }
    if (record.layer === "stance") {
      return [
        quote,
        el("p", { class: "muted" }, "stance of ", el("strong", {}, model.agency(record.agency)?.name ?? record.agency), " ", el("kbd", {}, "j")),
        this.#chips(record, "topic", "topic", "t"),
        this.#chips(record, "position", "position", "i"),
        this.#chips(record, "attribution", "attribution", "r"),
        tail,
        hint,
        this.#rules(2),
      ].filter(Boolean);
    }
    return [quote, el("p", { class: "muted" }, "citation"), this.#chips(record, "kind", "citation", "k"), this.#input("canonical id", record, "canonical", "/us/usc/t8/s1373"), tail, hint, this.#rules(3)].filter(Boolean);
  }

  /** Goes to the first field of the record in hand. */
  focusField() {
    const field = byId("prompt").querySelector("input");
    field?.focus();
    field?.select();
  }

  #ghost(record) {
    const { editor } = this;
    const why = el("dl", { class: "why" }, el("dt", {}, "Rule"), el("dd", {}, record.rule ?? ""));
    editor.suggestions.explain(record).then((lines) => {
      why.append(...lines.flatMap(([head, text]) => [el("dt", {}, head), el("dd", {}, text)]));
    });
    return [
      el("h2", {}, `“${short(editor.model.quote(record))}”`),
      el("p", { class: "muted" }, `suggested ${record.layer}: ${editor.panel.told(record)}`),
      el("div", { class: "choices" }, button("Take", "y", () => editor.press("y")), button("Reject", "x", () => editor.press("x"))),
      why,
      this.#rules(record.layer === "mention" ? 1 : record.layer === "stance" ? 2 : 3),
    ];
  }

  #dispute() {
    const { adjudication } = this.editor;
    const { pair } = adjudication;
    const disputed = adjudication.disputed();
    const differs = (key) => pair.a && pair.b && pair.a[key] !== pair.b[key];
    const side = (name, record) => {
      const title = adjudication.names[name === "a" ? 0 : 1];
      if (!record) return el("div", { class: `side ${name}` }, el("h3", {}, title), el("p", { class: "muted" }, "marks nothing here"));
      const rows = Object.entries(record).filter(([key]) => !["layer", "start", "end", "rule", "id"].includes(key));
      const quote = record.start === undefined ? record.name : `“${this.editor.model.quote(record)}”`;
      return el(
        "div",
        { class: `side ${name}` },
        el("h3", {}, title),
        el("p", { class: differs("start") || differs("end") ? "quote differs" : "quote" }, quote),
        el("dl", {}, rows.flatMap(([key, value]) => [el("dt", {}, human(key)), el("dd", { class: differs(key) ? "differs" : "" }, key === "agency" ? this.editor.nameOf(value) : human(String(value)))])),
      );
    };
    const decided = adjudication.decision(pair);
    const press = (key) => () => this.editor.press(key);
    return [
      el("h2", {}, `${human((pair.a ?? pair.b).layer)}, dispute ${disputed.indexOf(pair) + 1} of ${disputed.length}`),
      el("div", { class: "sides" }, side("a", pair.a), side("b", pair.b)),
      el(
        "div",
        { class: "choices" },
        [[adjudication.names[0], "1", "a"], [adjudication.names[1], "2", "b"], ["Both", "3", "both"], ["Neither", "0", "neither"]].map(([label, key, what]) => button(label, key, press(key), { "aria-pressed": String(decided === what) })),
      ),
      this.#rules({ agency: 1, mention: 1, stance: 2 }[(pair.a ?? pair.b).layer] ?? 3),
    ];
  }
}
