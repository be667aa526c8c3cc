// The upper part of the side panel: the question asked, or the record in hand and its labels, with the
// guidelines beside each choice.

import { get, path } from "./api.js";
import { button, byId, el, idle, put, turn } from "./dom.js";
import { rename, replace, short } from "./flows.js";
import { identity } from "./model.js";
import { KEYS, SECTIONS, human } from "./words.js";

/** Answers that are drawn at once, which fill what is in sight; the others follow while nobody waits. */
const AT_ONCE = 10;

/** The sections of the guidelines on each layer. */
const LAYERS = { mention: 1, stance: 2, citation: 3 };

/** Shows whether an answer is the suggested one. */
function suggest(row, option) {
  row.classList.toggle("suggested", Boolean(option.suggested));
  put(row.firstChild, option.suggested ? `${option.key} ⏎` : option.key);
}

export class Prompt {
  constructor(editor, guidelines) {
    Object.assign(this, { editor, guidelines });
    this.paragraphs = new Map();
    this.sections = new Map();
    this.forms = new Map();
    this.place = el("div", { class: "shared" });
    this.rules = el("div", { class: "shared" });
    this.shown = this.place;
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

  #section(section) {
    const rows = this.guidelines.rules.filter(([at]) => at === section).map(([, text]) => el("li", {}, text.replaceAll("`", "")));
    return el("details", { class: "rules" }, el("summary", {}, `Guidelines, section ${section}`), el("ul", {}, rows));
  }

  /** Draws it, where it would say something else than it does. */
  draw() {
    const box = byId("prompt");
    const says = this.#says();
    if (says && this.said?.length === says.length && says.every((part, at) => part === this.said[at])) return;
    this.said = says;
    const field = box.contains(document.activeElement) ? document.activeElement.dataset?.field : undefined;
    this.#fill(box);
    const again = field && this.shown.querySelector(`[data-field="${field}"]`);
    if (again && again !== document.activeElement) {
      again.focus();
      again.select();
    }
  }

  /** What is drawn now; undefined where that is not told by a few values. */
  #says() {
    const { editor } = this;
    if (editor.flow) return [editor.flow.options];
    if ((editor.adjudication.shown && editor.adjudication.pair) || editor.ghostInHand()) return undefined;
    const { picked } = editor;
    if (!picked) return [short(editor.caret.selected)];
    // What was typed and not taken gives way to what the record says.
    if ([...this.shown.querySelectorAll("input")].some((input) => input.value !== input.defaultValue)) return undefined;
    return [picked, editor.model.agency(picked.agency), editor.overlapping()];
  }

  #fill(box) {
    const { editor } = this;
    if (this.place.parentNode !== box) box.replaceChildren(this.place, this.rules);
    const disputed = editor.adjudication.shown && editor.adjudication.pair;
    const ghost = editor.flow || disputed ? undefined : editor.ghostInHand();
    if (editor.flow) this.#drawFlow(editor.flow);
    else if (disputed) this.#write(this.#dispute(), { agency: 1, mention: 1, stance: 2 }[(disputed.a ?? disputed.b).layer] ?? 3);
    else if (ghost) this.#write(this.#ghost(ghost), LAYERS[ghost.layer]);
    else if (editor.picked) this.#drawRecord(editor.picked);
    else this.#drawSelection();
  }

  /** Shows a form, with the guidelines of a section below it. */
  #turn(form, section) {
    if (!form.parentNode) this.place.append(form);
    this.shown = form;
    turn(this.place, form);
    if (section && !this.sections.has(section)) {
      this.sections.set(section, this.#section(section));
      this.rules.append(this.sections.get(section));
    }
    turn(this.rules, this.sections.get(section));
  }

  /** A form that is made once. */
  #form(name, make) {
    if (!this.forms.has(name)) this.forms.set(name, make());
    return this.forms.get(name);
  }

  /** Shows what is made anew each time. */
  #write(parts, section) {
    const form = this.#form("other", () => el("div", { class: "form" }));
    form.replaceChildren(...parts);
    this.#turn(form, section);
  }

  #drawSelection() {
    const { caret } = this.editor;
    const selected = caret.start < caret.end;
    const form = this.#form("selection", () => this.#selectionForm());
    put(form.title, selected ? `“${short(caret.selected)}”` : "Nothing selected");
    put(form.told, selected ? "Mark it as" : "Select with Shift and the arrow keys, with . for a sentence, or with the mouse; then mark it as");
    this.#turn(form.element);
  }

  #selectionForm() {
    const { editor } = this;
    const mark = (layer) => button(layer, layer[0].toLowerCase(), () => editor.press(layer[0].toLowerCase()), { class: layer.toLowerCase(), disabled: editor.readOnly });
    const form = { title: el("h2"), told: el("p", { class: "muted" }) };
    form.element = el("div", { class: "form" }, form.title, form.told, el("div", { class: "choices" }, ["Agency", "Stance", "Citation"].map(mark)));
    return form;
  }

  #drawFlow(flow) {
    const { step } = flow;
    if (step.text) return this.#drawWritten(flow);
    const section = step.section ?? SECTIONS[step.of];
    const form = this.#form("flow", () => this.#flowForm());
    put(form.title, flow.title);
    put(form.ask, step.ask);
    const list = step.of ? this.#closed(form, flow) : this.#open(form, flow);
    turn(form.lists, list);
    return this.#turn(form.element, section);
  }

  #flowForm() {
    const form = { title: el("h2"), ask: el("p", { class: "ask" }), lists: el("div", { class: "shared" }), closed: new Map() };
    const cancel = button("Cancel", "Esc", () => this.editor.flow?.key("Escape"), { class: "plain" });
    form.element = el("div", { class: "form" }, form.title, form.ask, form.lists, cancel);
    return form;
  }

  /** The answers of a closed list, made once; only which one is suggested differs. */
  #closed(form, flow) {
    const { of } = flow.step;
    if (!form.closed.has(of)) {
      const rows = flow.options.map((option) => this.#option(of, option));
      form.closed.set(of, { rows, list: el("div", { class: "options" }, rows) });
      form.lists.append(form.closed.get(of).list);
    }
    const { rows, list } = form.closed.get(of);
    flow.options.forEach((option, at) => suggest(rows[at], option));
    return list;
  }

  /** The answers of a list that differs from place to place. */
  #open(form, flow) {
    const { options } = flow;
    const list = el("div", { class: "options" }, options.slice(0, AT_ONCE).map((option) => this.#option(undefined, option)));
    const more = () => {
      if (this.editor.flow === flow && list.isConnected) list.append(el("div", { class: "options later" }, options.slice(AT_ONCE).map((option) => this.#option(undefined, option))));
    };
    if (options.length > AT_ONCE) idle(more);
    form.open?.remove();
    form.open = list;
    form.lists.append(list);
    return list;
  }

  #option(of, option) {
    const told = option.word ? this.rule(of, option.word) : option.agency ? this.#about(option.agency) : "";
    const row = el(
      "button",
      { type: "button", class: "option", onclick: () => this.editor.flow?.answer(option.value), onmousedown: (event) => event.preventDefault() },
      el("kbd"),
      el("span", { class: "label" }, option.label),
      el("span", { class: "told" }, told),
    );
    suggest(row, option);
    return row;
  }

  /** Asks for what is written. */
  #drawWritten(flow) {
    const { step } = flow;
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
    this.#write([el("h2", {}, flow.title), el("p", { class: "ask" }, step.ask), input, fault], step.section);
    input.focus();
    input.select();
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

  /** Writes a record's label into its field, in which only what differs is drawn. */
  #chips(field, record) {
    const { name, of } = field;
    field.record = record;
    for (const [word, chip] of field.chips) chip.setAttribute("aria-pressed", String(word === record[name]));
    put(field.told, this.rule(of, record[name]));
  }

  #chipField(name, of, key) {
    const { editor } = this;
    const field = { name, of, told: el("p", { class: "told" }) };
    const chip = (word) =>
      el("button", { type: "button", class: "chip", title: this.rule(of, word), disabled: editor.readOnly, onmousedown: (event) => event.preventDefault(), onclick: () => replace(editor, field.record, { [name]: word }) }, human(word));
    field.chips = Object.keys(KEYS[of]).map((word) => [word, chip(word)]);
    const buttons = field.chips.map(([, button]) => button);
    field.element = el("div", { class: "field", role: "group", "aria-label": human(name) }, el("span", { class: "field-name" }, human(name), " ", el("kbd", {}, key)), el("div", { class: "chips" }, buttons), field.told);
    return field;
  }

  #input(field, record) {
    const { input, name } = field;
    // What is being typed stays when another label of the same record was taken meanwhile.
    const typing = input === document.activeElement && input.value !== input.defaultValue && identity(field.record) === identity(record);
    field.record = record;
    if (input.defaultValue !== (record[name] ?? "")) input.defaultValue = record[name] ?? "";
    if (typing) return;
    if (input.value !== input.defaultValue) input.value = input.defaultValue;
    put(field.fault, "");
  }

  #inputField(label, name, placeholder) {
    const { editor } = this;
    const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false", placeholder, disabled: editor.readOnly, "data-field": name });
    const fault = el("span", { class: "fault" });
    const field = { name, input, fault, element: el("label", { class: "field" }, el("span", { class: "field-name" }, label), input, fault) };
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

  #drawRecord(record) {
    const { editor } = this;
    const form = this.#form(record.layer, () => this.#recordForm(record.layer));
    const agency = editor.model.agency(record.agency);
    put(form.quote, `“${short(editor.model.quote(record))}”`);
    put(form.agency, agency?.name ?? record.agency ?? "");
    for (const draw of form.fields) draw(record, agency);
    const others = editor.overlapping();
    form.hint.classList.toggle("away", others < 2);
    put(form.others, ` ${others} records overlap here`);
    this.#turn(form.element, LAYERS[record.layer]);
  }

  #recordForm(layer) {
    const { editor } = this;
    const form = { quote: el("h2"), agency: el("strong"), others: el("span") };
    const head = layer === "citation" ? [layer] : [`${layer} of `, form.agency, " ", el("kbd", {}, "j")];
    const buttons = [button("Remove", "Del", () => editor.press("Delete"), { class: "plain", disabled: editor.readOnly })];
    if (layer !== "stance") buttons.unshift(button("Same everywhere", "e", () => editor.press("e"), { class: "plain", disabled: editor.readOnly }));
    form.hint = el("p", { class: "muted" }, el("kbd", {}, "Tab"), form.others);
    const fields = this.#fieldsOf(layer);
    form.fields = fields.map(([, draw]) => draw);
    form.element = el("div", { class: "form" }, form.quote, el("p", { class: "muted" }, head), fields.map(([element]) => element), el("div", { class: "actions" }, buttons), form.hint);
    return form;
  }

  /** The fields of a layer: elements, and what writes a record and its agency into them. */
  #fieldsOf(layer) {
    const chips = (name, of, key) => {
      const field = this.#chipField(name, of, key);
      return [field.element, (record) => this.#chips(field, record)];
    };
    const ofAgency = ([element, draw]) => [element, (_, agency) => draw(agency)];
    const input = (label, name, placeholder) => {
      const field = this.#inputField(label, name, placeholder);
      return [field.element, (record) => this.#input(field, record)];
    };
    if (layer === "stance") return [chips("topic", "topic", "t"), chips("position", "position", "i"), chips("attribution", "attribution", "r")];
    if (layer === "citation") return [chips("kind", "citation", "k"), input("canonical id", "canonical", "/us/usc/t8/s1373")];
    const agency = [
      chips("kind", "kind", "k"),
      input("full official name", "name"),
      input("jurisdiction", "jurisdiction", "ocd-division/country:us/state:ca/place:stockton"),
      input("id of the agency", "id"),
    ];
    return [chips("form", "form", "f"), ...agency.map(ofAgency)];
  }

  /** Goes to the first field of the record in hand. */
  focusField() {
    const field = this.shown.querySelector("input");
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
    ];
  }
}
