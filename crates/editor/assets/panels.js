// The lower part of the side panel: the lists.

import { get, path } from "./api.js";
import { arrange, button, byId, el } from "./dom.js";
import { replace, short } from "./flows.js";
import { identity } from "./model.js";
import { human } from "./words.js";

const MOST = 250;
/** Mentions of an agency that are listed. */
const CHIPS = 12;

export class Panel {
  constructor(editor) {
    Object.assign(this, { editor, tab: "agencies", all: false });
    this.rows = new Map();
  }

  told(record) {
    const { model } = this.editor;
    if (record.layer === "mention") return `${record.form} of ${this.editor.nameOf(record.agency)}`;
    if (record.layer === "stance") return `${human(record.topic)}, ${record.position}, ${human(record.attribution)}: ${this.editor.nameOf(record.agency)}`;
    if (record.layer === "agency") return `${human(record.kind)}${record.jurisdiction ? `, ${record.jurisdiction}` : ""}`;
    return `${human(record.kind)}${record.canonical ? `, ${record.canonical}` : ""}`;
  }

  /** Draws the list that is chosen. */
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
    // Only where they say something else: what is made anew is laid out and painted anew.
    const says = JSON.stringify([tabs, this.tab]);
    if (this.said !== says) {
      this.said = says;
      byId("tabs").replaceChildren(
        ...tabs.map(([id, label]) => el("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-selected": String(id === this.tab), "aria-controls": "tab", onclick: choose(id) }, label)),
      );
      byId("tab").setAttribute("aria-labelledby", `tab-${this.tab}`);
    }
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
    const hue = editor.view.hue(agency.id);
    const says = [agency, stances, mentions, hue];
    const known = this.rows.get(agency.id);
    if (known && says.every((part, at) => part === known.says[at])) return known.row;
    const chips = new Map(mentions.slice(0, CHIPS).map((mention) => [mention, known?.chips.get(mention) ?? this.#mentionChip(mention)]));
    const more = mentions.length - chips.size;
    const row = el(
      "li",
      { class: "agency", "data-agency": agency.id, style: { "--hue": hue }, ondragover: (event) => event.preventDefault(), ondrop: (event) => this.#drop(event, agency) },
      el("span", { class: "swatch", "aria-hidden": "true" }),
      el("strong", {}, agency.name),
      el("span", { class: "muted" }, ` ${human(agency.kind)}${stances ? `, ${stances} ${stances === 1 ? "stance" : "stances"}` : ""}${agency.jurisdiction ? "" : ", no jurisdiction"}`),
      el("div", { class: "chips" }, [...chips.values()], more > 0 ? el("span", { class: "muted" }, `and ${more} more`) : undefined),
    );
    this.rows.set(agency.id, { says, row, chips });
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
