// The list of records: a listbox of which one option at a time can be reached with Tab.

/** Options that are put on the page at once. */
const STEP = 100;

const list = {
  element: document.getElementById("list"),
  more: document.getElementById("more"),
  found: [],
  shown: 0,
  selected: null,

  /** Shows the records that were found; one of them may be selected. */
  fill(found, selected) {
    this.found = found;
    this.shown = 0;
    this.selected = selected;
    this.element.replaceChildren();
    this.grow(selected === null ? 0 : found.indexOf(selected));
    if (found.length === 0) this.element.append(make("p", { class: "empty" }, "No record passes these filters."));
    this.mark();
  },

  /** Adds options up to a place and a step more. */
  grow(place = this.shown - 1) {
    const end = Math.min(Math.max(this.shown, place + 1) + STEP, this.found.length);
    const added = this.found.slice(this.shown, end).map(option);
    this.element.append(...added);
    this.shown = end;
    const left = this.found.length - end;
    this.more.hidden = left === 0;
    this.more.textContent = `Show more of ${left} more`;
  },

  /** The option of a record, if it is on the page. */
  option(record) {
    return record === null ? null : this.element.querySelector(`[data-record="${record.number}"]`);
  },

  /** Marks the selected record, or else makes the first one reachable. */
  mark() {
    for (const old of this.element.querySelectorAll('[aria-selected="true"], [tabindex="0"]')) {
      old.setAttribute("aria-selected", "false");
      old.tabIndex = -1;
    }
    const option = this.option(this.selected);
    if (option) option.setAttribute("aria-selected", "true");
    const reachable = option ?? this.element.querySelector('[role="option"]');
    if (reachable) reachable.tabIndex = 0;
  },

  /** Brings the selected record into sight. It measures, so it comes after all that is put on the page. */
  reveal() {
    const option = this.option(this.selected);
    if (option === null) return;
    const [top, bottom] = [option.offsetTop, option.offsetTop + option.offsetHeight];
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop || bottom > scrollTop + clientHeight) this.element.scrollTop = top - clientHeight / 3;
  },

  /** Selects a record of the list. */
  select(record) {
    this.selected = record;
    const place = this.found.indexOf(record);
    if (place >= this.shown) this.grow(place);
    this.mark();
  },

  /** The record so many places on from the selected one; the ends stay where they are. */
  neighbour(step) {
    if (this.found.length === 0) return null;
    const place = this.selected === null ? -1 : this.found.indexOf(this.selected);
    if (place < 0) return step > 0 ? this.found[0] : this.found.at(-1);
    return this.found[Math.min(Math.max(place + step, 0), this.found.length - 1)];
  },
};

/** A record as the list shows it. */
function option(record) {
  const { page } = record;
  const shown = first(record);
  const words = quote(page, shown);
  const sides = record.sides.map((side, track) => `${tracks[track]} ${label(side)}`);
  const differ = new Set(record.sides.map(label)).size > 1;
  return make(
    "div",
    { role: "option", "aria-selected": "false", tabindex: "-1", "data-record": record.number, class: `option ${record.layer}` },
    make(
      "span",
      { class: "head" },
      make("span", { class: "layer" }, record.layer),
      make("span", { class: isFault(record) ? "badge fault" : "badge" }, isFault(record) ? said(record.class) : "right"),
      make("span", { class: "labels" }, differ ? sides.join(" → ") : label(shown)),
    ),
    make("bdi", { class: "quote" }, words === null ? `characters ${shown.start}–${shown.end}` : words),
    make(
      "span",
      { class: "foot" },
      make("bdi", {}, page.name),
      ` ${place(page, shown.start)}`,
      ...record.sides.filter((side) => side?.rule).slice(-1).map((side) => ` · ${side.rule}`),
    ),
  );
}
