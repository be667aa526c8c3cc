// What the parts do together.

let current = { ...DEFAULTS };
const fields = Object.fromEntries(["show", "layer", "class", "rule", "label", "doc"].map((key) => [key, document.getElementById(key)]));

/** Goes to a state as a link would. */
function go(state, replace = false) {
  const address = addressOf(state);
  if (address === location.hash) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  apply(state);
}

/** Shows what a state asks for. */
function apply(state) {
  const filtered = Object.keys(DEFAULTS).some((key) => key !== "record" && key !== "at" && state[key] !== current[key]);
  current = state;
  if (filtered || list.shown === 0) {
    for (const [key, field] of Object.entries(fields)) field.value = state[key];
    if (query.value !== state.q) query.value = state.q;
    const found = records.filter(testOf(state));
    list.fill(found, found.find((record) => String(record.number) === state.record) ?? null);
    document.getElementById("count").textContent = `${found.length} of ${records.length} records`;
    showCell(state);
    showPassages(state);
  }
  // Where nothing is asked for, the first record is what there is to look at.
  const record = state.record === "" ? (state.at === "" ? list.found[0] : null) : records[Number(state.record)];
  if (record) {
    list.select(record);
    reader.show(record.page, record);
  } else {
    const page = pages.find((page) => page.name === state.doc) ?? list.found[0]?.page ?? pages[0];
    reader.show(page, null, state.at === "" ? null : Number(state.at));
  }
  reader.highlight();
  list.reveal();
}

/** Says which cell of a matrix is looked at. */
function showCell({ cell }) {
  const [question, gold, found] = cell.split(":");
  const text = cell === "" ? "" : ` · ${said(question.replace(".", " "))}: ${tracks[0]} ${said(gold)}, ${tracks.at(-1)} ${said(found)}`;
  document.getElementById("cell").textContent = text;
}

/** Lists where the texts have what is searched for. */
function showPassages(state) {
  const box = document.getElementById("passages");
  const { found, more } = passages(state, 50);
  box.hidden = found.length === 0;
  box.replaceChildren();
  if (found.length === 0) return;
  const item = ({ page, at, length }) => {
    const [from, to] = [Math.max(0, at - 30), at + length];
    return make(
      "li",
      {},
      make("a", { href: addressOf({ ...state, doc: page.name, record: "", at: String(at) }) }, make("bdi", {}, page.name), ` ${place(page, point(page, at))}`),
      make("span", { class: "snippet", dir: "auto" }, ` …${page.text.slice(from, at)}`, make("mark", {}, page.text.slice(at, to)), `${page.text.slice(to, to + 40)}…`),
    );
  };
  box.append(make("h3", {}, `${more ? "The first " : ""}${found.length} passages in the texts`), make("ul", {}, ...found.map(item)));
}

/** Selects a record of the list. */
function choose(record) {
  go({ ...current, record: String(record.number), at: "" }, true);
}

/** Selects the record so many places on, and keeps the focus in the list if it was there. */
function move(steps) {
  const record = list.neighbour(steps);
  if (record === null) return;
  const inList = list.element.contains(document.activeElement);
  choose(record);
  const free = document.activeElement === document.body || document.activeElement === null;
  if (inList || free) list.option(record)?.focus({ preventScroll: inList });
}

/** Goes to the document so many places on. */
function step(steps) {
  const place = pages.indexOf(reader.page) + steps;
  if (place >= 0 && place < pages.length) go({ ...current, doc: pages[place].name, record: "", at: "" }, true);
}

/** Fills a choice with its values, each with its number of records. */
function fill(field, values, name = said) {
  field.append(make("option", { value: "" }, "any"));
  for (const [value, count] of values) field.append(make("option", { value }, `${name(value)} (${count})`));
}

/** Lists the documents that the table of errors leaves out at first. */
function listDocuments(button) {
  const table = document.getElementById("by-document");
  const classes = table.dataset.classes.split(" ").filter(Boolean);
  const row = (page) => {
    const cell = (name) => {
      const n = page.records.filter((record) => record.class === name).length;
      const link = n > 0 ? make("a", { href: addressOf({ ...DEFAULTS, doc: page.name, class: name }) }, String(n)) : make("span", { class: "zero" }, "·");
      return make("td", { class: "number" }, link);
    };
    const name = make("a", { href: addressOf({ ...DEFAULTS, doc: page.name }) }, make("bdi", {}, page.name));
    return make("tr", {}, make("th", { scope: "row" }, name), ...classes.map(cell));
  };
  table.tBodies[0].append(...pages.slice(Number(table.dataset.listed)).map(row));
  table.parentElement.focus();
  button.parentElement.remove();
}

function start() {
  theme.show();
  theme.button.addEventListener("click", () => theme.turn());
  document.getElementById("help").addEventListener("click", openKeys);
  if (pages.length === 0) return;
  for (const [key, [name]] of Object.entries(SHOWN)) fields.show.append(make("option", { value: key }, name));
  const counts = choices();
  fill(fields.layer, LAYERS.filter((layer) => counts.layer.has(layer)).map((layer) => [layer, counts.layer.get(layer)]));
  fill(fields.class, [...counts.class].sort((a, b) => b[1] - a[1]));
  fill(fields.rule, [...counts.rule].sort(([a], [b]) => (a < b ? -1 : 1)), String);
  fill(fields.label, [...counts.label].sort(([a], [b]) => (a < b ? -1 : 1)), (value) => said(value.replace(".", " ")));
  fill(fields.doc, pages.map((page) => [page.name, page.records.filter(isFault).length]), String);
  for (const [key, field] of Object.entries(fields)) {
    field.addEventListener("change", () => go({ ...current, [key]: field.value, record: "", at: "" }));
  }
  query.addEventListener("input", () => go({ ...current, q: query.value, record: "", at: "" }, true));
  query.form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("clear").addEventListener("click", () => go({ ...DEFAULTS }));
  list.more.addEventListener("click", () => {
    const place = list.shown;
    list.grow();
    list.option(list.found[place])?.focus();
  });
  list.element.addEventListener("click", (event) => {
    const shown = event.target.closest("[data-record]");
    if (shown) choose(records[Number(shown.dataset.record)]);
  });
  reader.element.addEventListener("click", (event) => {
    const covering = event.target.closest(".covered")?.covering;
    if (covering) turnThrough(covering);
  });
  document.getElementById("more-documents")?.addEventListener("click", (event) => listDocuments(event.currentTarget));
  document.addEventListener("keydown", onKey);
  // A link into the records is a jump: to its first record, with the focus on it.
  addEventListener("hashchange", () => {
    const state = stateOf(location.hash);
    if (state === null) return;
    apply(state);
    document.getElementById("records").scrollIntoView();
    const target = list.element.querySelector('[role="option"][tabindex="0"]') ?? document.getElementById("records-title");
    target.focus({ preventScroll: true });
  });
  addEventListener("popstate", () => {
    const state = stateOf(location.hash);
    if (state !== null) apply(state);
  });
  apply(stateOf(location.hash) ?? { ...DEFAULTS });
}

/** Selects one after the other the records over some words, those that differ and short ones first. */
function turnThrough(covering) {
  const over = [...new Set(covering.toSorted((a, b) => isFault(b.record) - isFault(a.record) || a.end - a.start - (b.end - b.start)).map(({ record }) => record))];
  const next = over[(over.indexOf(reader.record) + 1) % over.length];
  go({ ...current, record: String(next.number), at: "" }, true);
}

start();
