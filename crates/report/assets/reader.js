// The pane beside the list: the selected record, and the text it stands in.

const reader = {
  element: document.getElementById("reader"),
  page: null,
  record: null,
  sideBySide: false,
  layers: new Set(["mention", "stance", "citation"]),

  /** Shows a document, and a record of it if there is one. */
  show(page, record = null, at = null) {
    const changed = page !== this.page;
    this.page = page;
    this.record = record;
    if (changed) this.draw();
    this.card();
    this.mark(at);
  },

  /** Puts the document on the page. */
  draw() {
    const { page } = this;
    this.cardElement = make("div", { class: "card", "aria-live": "polite" });
    this.text = make("div", { class: "text", tabindex: "0", role: "region", "aria-label": `Text of ${page.name}` });
    if (page.text === null) this.text.append(make("p", { class: "empty" }, absent(page)));
    else this.text.append(drawText(page, this.sideBySide, this.layers));
    this.table = make("details", { class: "table" }, make("summary", {}, `All ${page.records.length} records of this document`));
    this.table.addEventListener("toggle", () => {
      if (this.table.open && this.table.children.length === 1) this.table.append(tableOf(page));
    });
    this.element.replaceChildren(this.bar(), this.cardElement, this.text, this.table);
    this.highlight();
  },

  /** Name, neighbours, layers and how the sides lie. */
  bar() {
    const { page } = this;
    const button = (text, name, key, act, pressed) => {
      const element = make("button", { type: "button", "aria-label": name, title: `${name} (${key})`, "aria-pressed": pressed }, text);
      element.addEventListener("click", act);
      return element;
    };
    const layer = (name) => {
      const box = make("input", { type: "checkbox" });
      box.checked = this.layers.has(name);
      box.addEventListener("change", () => {
        if (box.checked) this.layers.add(name);
        else this.layers.delete(name);
        this.redraw();
      });
      return make("label", { class: name }, box, make("span", { class: "swatch" }), `${name}s`);
    };
    return make(
      "div",
      { class: "bar" },
      make("h3", {}, make("bdi", {}, page.name), page.split ? make("small", {}, ` ${page.split}`) : null),
      button("‹", "Document before", "[", () => step(-1)),
      button("›", "Next document", "]", () => step(1)),
      button("Side by side", "Sides side by side", "s", () => this.turn(), String(this.sideBySide)),
      make("span", { class: "layers", role: "group", "aria-label": "Lines shown" }, ...["mention", "stance", "citation"].map(layer)),
      make(
        "span",
        { class: "legend" },
        this.sideBySide ? "" : `${tracks[0]} above, ${tracks.slice(1).join(" then ")} below; `,
        "whole line agrees, broken line differs",
      ),
    );
  },

  /** Turns between sides above each other and side by side. */
  turn() {
    this.sideBySide = !this.sideBySide;
    this.redraw();
  },

  redraw() {
    if (this.page === null) return;
    this.draw();
    this.card();
    this.mark();
  },

  /** The selected record in full. */
  card() {
    const { record, page } = this;
    this.cardElement.replaceChildren();
    if (record === null) return;
    const verdict = isFault(record) ? said(record.class) : "right";
    this.cardElement.append(
      make("p", { class: "verdict" }, make("span", { class: `layer ${record.layer}` }, record.layer), make("span", { class: isFault(record) ? "badge fault" : "badge" }, verdict)),
      make("dl", {}, ...record.sides.map((side, track) => make("div", {}, make("dt", {}, tracks[track]), sideOf(page, side)))),
    );
  },

  /** Marks the words of the selected record, or a place of the text, and brings them into sight. */
  mark(at = null) {
    for (const old of this.text.querySelectorAll(".on")) old.classList.remove("on");
    let target = null;
    for (const element of this.text.querySelectorAll(".piece")) {
      const on = this.record !== null && overlaps(this.page, this.record, element.from, element.from + element.textContent.length);
      if (on) element.classList.add("on");
      if (on || (at !== null && element.from <= at && at < element.from + element.textContent.length)) target ??= element;
    }
    if (target === null) {
      if (this.record === null && at === null) this.text.scrollTop = 0;
      return;
    }
    const box = target.getBoundingClientRect();
    const frame = this.text.getBoundingClientRect();
    if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) {
      this.text.scrollTop += box.top - frame.top - frame.height / 3;
    }
  },

  /** Marks what is searched for, where the browser can. */
  highlight(sought = current.q.trim()) {
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    CSS.highlights.delete("sought");
    if (sought === "" || this.page === null || this.page.text === null) return;
    const ranges = [];
    for (const block of this.text.querySelectorAll(".words > p:not(.track)")) {
      const nodes = [...block.querySelectorAll(".piece")].map((element) => element.firstChild);
      let at = 0;
      const starts = nodes.map((node) => (at += node.length) - node.length);
      for (const match of block.textContent.matchAll(pattern(sought, "giu"))) {
        const range = new Range();
        const [from, to] = [match.index, match.index + match[0].length];
        const [begin, finish] = [after(starts, from) - 1, after(starts, to - 1) - 1];
        range.setStart(nodes[begin], from - starts[begin]);
        range.setEnd(nodes[finish], to - starts[finish]);
        ranges.push(range);
      }
    }
    CSS.highlights.set("sought", new Highlight(...ranges));
  },
};

/** Why a text is not here. */
const absent = (page) =>
  page.withheld
    ? "This text may not be shipped and is not in this file; its records have places and labels only."
    : "This text was not at hand; the records have places and labels.";

/** Whether a side of a record has characters between two places. */
function overlaps(page, record, from, to) {
  return record.sides.some((side) => side !== null && side.start !== undefined && unit(page, side.start) < to && unit(page, side.end) > from);
}

/** One side of a record in full. */
function sideOf(page, side) {
  if (side === null) return make("dd", { class: "muted" }, "nothing");
  const words = quote(page, side);
  const span = side.start === undefined ? null : `${side.start}–${side.end}`;
  const more = [side.agency, side.words.attribution && `${said(side.words.attribution)} words`, side.link].filter(Boolean);
  return make(
    "dd",
    {},
    make("strong", {}, label(side)),
    ...more.map((part) => make("span", {}, " · ", make("bdi", {}, part))),
    words === null ? null : make("q", { class: "quote", dir: "auto" }, words),
    make("span", { class: "muted" }, ` ${span ?? ""}`, side.rule ? " · " : "", side.rule ? make("code", {}, side.rule) : null),
  );
}

/** Every record of a document as a table: what the lines say, in words. */
function tableOf(page) {
  const head = ["place", "layer", "verdict", ...tracks, "words"];
  const row = (record) => {
    const link = make("a", { href: addressOf({ ...current, doc: page.name, show: "all", record: String(record.number) }) }, place(page, first(record).start));
    const cells = [link, record.layer, isFault(record) ? said(record.class) : "right", ...record.sides.map(label)];
    cells.push(quote(page, first(record)) ?? "");
    return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
  };
  return make(
    "div",
    { class: "scroll tall", tabindex: "0", role: "region", "aria-label": `Records of ${page.name}` },
    make("table", {}, make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, ...page.records.map(row))),
  );
}
