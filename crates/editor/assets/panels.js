// The side panel: the record in hand and its labels, the lists, the guidelines beside each choice.

import { get, path } from "./api.js";
import { arrange, button, byId, el } from "./dom.js";
import { rename, replace, short } from "./flows.js";
import { identity, whole } from "./model.js";
import { KEYS, SECTIONS, human } from "./words.js";

const MOST = 250;
/** Mentions of an agency that are listed. */
const CHIPS = 12;

export class Panel {
  constructor(editor, guidelines) {
    Object.assign(this, { editor, guidelines, tab: "agencies", all: false });
    this.paragraphs = new Map();
    this.sections = new Map();
    this.rows = new Map();
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

  /** The upper part: the question asked, or the record in hand. */
  drawPrompt() {
    const box = byId("prompt");
    const field = box.contains(document.activeElement) ? document.activeElement.dataset?.field : undefined;
    this.#fillPrompt(box);
    const again = field && box.querySelector(`[data-field="${field}"]`);
    if (again) {
      again.focus();
      again.select();
    }
  }

  #fillPrompt(box) {
    const { editor } = this;
    if (editor.flow) return this.#drawFlow(box, editor.flow);
    if (editor.adjudication.shown && editor.adjudication.pair) return box.replaceChildren(...this.#dispute());
    const ghost = editor.ghostInHand();
    if (ghost) return box.replaceChildren(...this.#ghost(ghost));
    if (editor.picked) return box.replaceChildren(...this.#record(editor.picked));
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
    const options = flow.options.map((option) => {
      const told = option.word ? this.rule(step.of, option.word) : option.agency ? this.#about(option.agency) : "";
      return el(
        "button",
        { type: "button", class: option.suggested ? "option suggested" : "option", onclick: () => flow.answer(option.value), onmousedown: (event) => event.preventDefault() },
        el("kbd", {}, option.suggested ? `${option.key} ⏎` : option.key),
        el("span", { class: "label" }, option.label),
        el("span", { class: "told" }, told),
      );
    });
    const cancel = button("Cancel", "Esc", () => flow.key("Escape"), { class: "plain" });
    box.replaceChildren(...parts, el("div", { class: "options" }, options), cancel, this.#rules(step.section ?? SECTIONS[step.of]));
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

  #chips(record, name, of, key) {
    const { editor } = this;
    const chosen = record[name];
    const chips = Object.keys(KEYS[of]).map((word) =>
      el("button", { type: "button", class: "chip", "aria-pressed": String(word === chosen), title: this.rule(of, word), disabled: editor.readOnly, onmousedown: (event) => event.preventDefault(), onclick: () => replace(editor, record, { [name]: word }) }, human(word)),
    );
    return el("div", { class: "field", role: "group", "aria-label": human(name) }, el("span", { class: "field-name" }, human(name), " ", el("kbd", {}, key)), el("div", { class: "chips" }, chips), el("p", { class: "told" }, this.rule(of, chosen)));
  }

  #input(label, record, name, placeholder) {
    const { editor } = this;
    const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false", placeholder, disabled: editor.readOnly, "data-field": name });
    input.value = record[name] ?? "";
    const fault = el("span", { class: "fault" });
    const commit = () => {
      const now = editor.model.same(record);
      const typed = input.value.trim();
      if (!now || (now[name] ?? "") === typed) return;
      if (name === "id") rename(editor, now, typed);
      else replace(editor, now, { [name]: typed });
    };
    // Later: the focus is just on its way to another field.
    input.addEventListener("change", () => setTimeout(commit));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      editor.focus();
      commit();
    });
    if (name === "canonical") input.addEventListener("input", () => this.#checkCanonical(input, fault));
    return el("label", { class: "field" }, el("span", { class: "field-name" }, label), input, fault);
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

  told(record) {
    const { model } = this.editor;
    if (record.layer === "mention") return `${record.form} of ${this.editor.nameOf(record.agency)}`;
    if (record.layer === "stance") return `${human(record.topic)}, ${record.position}, ${human(record.attribution)}: ${this.editor.nameOf(record.agency)}`;
    if (record.layer === "agency") return `${human(record.kind)}${record.jurisdiction ? `, ${record.jurisdiction}` : ""}`;
    return `${human(record.kind)}${record.canonical ? `, ${record.canonical}` : ""}`;
  }

  #ghost(record) {
    const { editor } = this;
    const why = el("dl", { class: "why" }, el("dt", {}, "Rule"), el("dd", {}, record.rule ?? ""));
    editor.suggestions.explain(record).then((lines) => {
      why.append(...lines.flatMap(([head, text]) => [el("dt", {}, head), el("dd", {}, text)]));
    });
    return [
      el("h2", {}, `“${short(editor.model.quote(record))}”`),
      el("p", { class: "muted" }, `suggested ${record.layer}: ${this.told(record)}`),
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

  /** The lower part: one of the lists. */
  draw() {
    const { editor } = this;
    const { adjudication, suggestions, problems } = editor;
    const tabs = [["agencies", "Agencies"], ["records", "Records"], ["problems", `Problems${problems.length ? ` (${problems.length})` : ""}`], ["scores", "Agreement"]];
    if (suggestions.shown) tabs.splice(2, 0, ["suggestions", `Suggestions (${suggestions.waiting?.length ?? 0})`]);
    if (adjudication.shown) tabs.splice(0, 0, ["disputes", `Disputes (${adjudication.disputed().filter((pair) => !adjudication.decision(pair)).length})`]);
    if (!tabs.some(([id]) => id === this.tab)) this.tab = tabs[0][0];
    const choose = (id) => () => {
      this.tab = id;
      this.all = false;
      this.draw();
    };
    byId("tabs").replaceChildren(
      ...tabs.map(([id, label]) => el("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-selected": String(id === this.tab), "aria-controls": "tab", onclick: choose(id) }, label)),
    );
    byId("tab").setAttribute("aria-labelledby", `tab-${this.tab}`);
    const content = { agencies: () => this.#agencies(), records: () => this.#records(), problems: () => this.#problems(), suggestions: () => this.#suggestions(), disputes: () => this.#disputes(), scores: () => this.#scores() };
    arrange(byId("tab"), content[this.tab]());
    this.mark();
    this.editor.drawPrompt();
  }

  /** Marks the record in hand in the list, which is otherwise as it was. */
  mark() {
    const { picked } = this.editor;
    const key = picked && identity(picked);
    for (const one of byId("tab").querySelectorAll("[data-record][aria-pressed=true]")) if (one.dataset.record !== key) one.setAttribute("aria-pressed", "false");
    for (const one of byId("tab").querySelectorAll(".agency.current")) one.classList.remove("current");
    if (!picked) return;
    byId("tab").querySelector(`[data-record="${CSS.escape(key)}"]`)?.setAttribute("aria-pressed", "true");
    if (picked.agency) byId("tab").querySelector(`[data-agency="${CSS.escape(picked.agency)}"]`)?.classList.add("current");
  }

  #agencies() {
    const { editor } = this;
    const { model } = editor;
    const agencies = model.agencies();
    if (agencies.length === 0) return [el("p", { class: "muted" }, "No agencies yet: select a name and press a.")];
    const held = new Map();
    for (const { agency } of model.records("stance")) held.set(agency, (held.get(agency) ?? 0) + 1);
    const rows = agencies.slice(0, this.all ? undefined : MOST).map((agency) => this.#agency(agency, held.get(agency.id) ?? 0));
    this.list ??= el("ul", { class: "rows" });
    arrange(this.list, rows);
    return [this.list];
  }

  /** The row of an agency; the one that is there, where it would say the same. */
  #agency(agency, stances) {
    const { editor } = this;
    const mentions = editor.model.mentionsOf(agency.id);
    const says = whole(agency) + stances + editor.view.hue(agency.id) + JSON.stringify([mentions.length, mentions.slice(0, CHIPS)]);
    const known = this.rows.get(agency.id);
    if (known?.says === says) return known.row;
    const chips = mentions.slice(0, CHIPS).map((mention) => this.#mentionChip(mention));
    const more = mentions.length - chips.length;
    const row = el(
      "li",
      { class: "agency", "data-agency": agency.id, style: { "--hue": editor.view.hue(agency.id) }, ondragover: (event) => event.preventDefault(), ondrop: (event) => this.#drop(event, agency) },
      el("span", { class: "swatch", "aria-hidden": "true" }),
      el("strong", {}, agency.name),
      el("span", { class: "muted" }, ` ${human(agency.kind)}${stances ? `, ${stances} ${stances === 1 ? "stance" : "stances"}` : ""}${agency.jurisdiction ? "" : ", no jurisdiction"}`),
      el("div", { class: "chips" }, chips, more > 0 ? el("span", { class: "muted" }, `and ${more} more`) : undefined),
    );
    this.rows.set(agency.id, { says, row });
    return row;
  }

  #mentionChip(mention) {
    const { editor } = this;
    return el(
      "button",
      {
        type: "button",
        class: "chip mention",
        "data-record": identity(mention),
        draggable: "true",
        "aria-pressed": "false",
        "aria-label": `${editor.model.quote(mention)}, ${mention.form}`,
        title: `${mention.form}; drag onto another agency to join it`,
        onclick: () => editor.show(mention),
        ondragstart: (event) => {
          this.dragged = mention;
          event.dataTransfer.setData("text/plain", editor.model.quote(mention));
        },
      },
      short(editor.model.quote(mention)),
    );
  }

  #drop(event, agency) {
    event.preventDefault();
    const { dragged } = this;
    this.dragged = undefined;
    if (dragged && dragged.agency !== agency.id) replace(this.editor, dragged, { agency: agency.id });
  }

  #rows(records, row) {
    const shown = this.all ? records : records.slice(0, MOST);
    const more = records.length - shown.length;
    const list = el("ul", { class: "rows" }, shown.map(row));
    const all = () => {
      this.all = true;
      this.draw();
    };
    return more > 0 ? [list, button(`Show ${more} more`, "", all, { class: "plain" })] : [list];
  }

  #line(record, extra = []) {
    const { editor } = this;
    return el(
      "li",
      { class: `line ${record.layer}` },
      el("button", { type: "button", class: "plain", "data-record": identity(record), "aria-pressed": String(record === editor.picked), onclick: () => editor.show(record) }, el("span", { class: "quote" }, short(editor.model.quote(record))), el("span", { class: "told" }, this.told(record))),
      extra,
    );
  }

  #records() {
    const records = this.editor.model.placed();
    return records.length ? this.#rows(records, (record) => this.#line(record)) : [el("p", { class: "muted" }, "No records yet.")];
  }

  #problems() {
    const { editor } = this;
    if (editor.problems.length === 0) return [el("p", { class: "muted" }, "goldrule check finds nothing wrong.")];
    return [
      el(
        "ul",
        { class: "rows" },
        editor.problems.map((one) => {
          const told = [el("strong", {}, one.message), el("span", { class: "muted" }, one.help), el("code", {}, one.code)];
          const go = one.at && el("button", { type: "button", class: "plain", onclick: () => editor.goTo(...one.at) }, told);
          return el("li", { class: `problem ${one.severity}` }, go ?? told);
        }),
      ),
    ];
  }

  #suggestions() {
    const { suggestions } = this.editor;
    const waiting = suggestions.waiting ?? [];
    const groups = new Map();
    for (const record of waiting) groups.set(record.rule, [...(groups.get(record.rule) ?? []), record]);
    const rejected = suggestions.records.filter((record) => suggestions.rejected.has(identity(record)));
    const parts = waiting.length ? [button(`Take all ${waiting.length}`, "", () => suggestions.take(waiting), { class: "plain" })] : [el("p", { class: "muted" }, "Nothing left to decide.")];
    for (const [rule, records] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
      const take = button(`Take ${records.length}`, "", () => suggestions.take(records), { class: "plain", "aria-label": `Take ${records.length} of ${rule}` });
      const reject = button("Reject", "", () => suggestions.reject(records).then(() => this.draw()), { class: "plain", "aria-label": `Reject ${records.length} of ${rule}` });
      parts.push(el("section", { class: "group" }, el("h3", {}, el("code", {}, rule)), el("p", { class: "muted" }, suggestions.says[rule] ?? ""), el("div", { class: "actions" }, take, reject), ...this.#rows(records, (record) => this.#line(record))));
    }
    if (rejected.length) {
      const back = (record) => button("Take back", "", () => suggestions.restore(record).then(() => this.draw()), { class: "plain" });
      parts.push(el("details", {}, el("summary", {}, `${rejected.length} rejected`), el("ul", { class: "rows" }, rejected.map((record) => this.#line(record, [back(record)])))));
    }
    return parts;
  }

  #disputes() {
    const { adjudication } = this.editor;
    const agreed = adjudication.pairs.filter((pair) => pair.agreed);
    const open = agreed.filter((pair) => !adjudication.held(pair.a)).length;
    const rows = adjudication.disputed().map((pair) => {
      const record = pair.a ?? pair.b;
      const go = () => {
        adjudication.at = adjudication.pairs.indexOf(pair) - 1;
        adjudication.next(1, false);
      };
      const decided = adjudication.decision(pair);
      const named = { a: adjudication.names[0], b: adjudication.names[1] }[decided] ?? decided ?? "open";
      const quote = record.start === undefined ? record.name : this.editor.model.quote(record);
      return el("li", { class: `line ${record.layer}` }, el("button", { type: "button", class: "plain", "aria-pressed": String(pair === adjudication.pair), onclick: go }, el("span", { class: "quote" }, short(quote)), el("span", { class: decided ? "told" : "told open" }, `${record.layer}: ${named}`)));
    });
    return [button(open ? `Take ${open} records both agree on` : `All ${agreed.length} agreed records are taken`, "A", () => adjudication.takeAgreed(), { class: "plain", disabled: open === 0 }), el("ul", { class: "rows" }, rows)];
  }

  #scores() {
    const { editor } = this;
    const figure = (value) => (value === null || value === undefined ? "–" : value.toFixed(2));
    const fill = (...parts) => {
      if (this.tab === "scores") byId("tab").replaceChildren(...parts);
    };
    get(path(editor.id, "/scores")).then((scores) => {
      const blind = editor.model.meta.assisted !== true && !["done", "adjudicated"].includes(editor.model.meta.status);
      const head = ["F1", ...(blind ? [] : ["rules on these records"]), ...(scores.annotators ? ["annotators"] : [])];
      const rows = scores.rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.name), blind ? undefined : el("td", {}, figure(row.rules)), scores.annotators ? el("td", {}, figure(row.agreement)) : undefined));
      const table = el("table", {}, el("thead", {}, el("tr", {}, head.map((one) => el("th", { scope: "col" }, one)))), el("tbody", {}, rows));
      const told = blind ? el("p", { class: "muted" }, "How well the rules do is shown when the document is done, or annotated with suggestions.") : undefined;
      fill(...[table, told].filter(Boolean));
    }).catch((fault) => fill(el("p", { class: "muted" }, fault.message)));
    return [el("p", { class: "muted" }, "Scoring…")];
  }
}
