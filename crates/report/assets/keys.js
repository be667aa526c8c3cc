// Keys, and light or dark.

const dialog = document.getElementById("keys");
const query = document.getElementById("query");

function openKeys() {
  if (!dialog.open) dialog.showModal();
}

/** Light or dark as the reader's system has it, until the button says otherwise. */
const theme = {
  button: document.getElementById("theme"),
  dark: () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark",
  show() {
    this.button.setAttribute("aria-pressed", String(this.dark()));
  },
  turn() {
    document.documentElement.dataset.theme = this.dark() ? "light" : "dark";
    this.show();
  },
};

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => {
    query.focus();
    query.select();
  },
  "]": () => step(1),
  "[": () => step(-1),
  s: () => reader.turn(),
  a: () => {
    if (reader.page !== null) go({ ...DEFAULTS, show: "all", doc: reader.page.name });
  },
  c: () => go({ ...DEFAULTS }),
  d: () => theme.turn(),
  "?": openKeys,
};

/** Moves within the list when it has the focus. */
const LIST_KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Home: () => move(-Infinity),
  End: () => move(Infinity),
  PageDown: () => move(10),
  PageUp: () => move(-10),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog.open) return;
  const { target, key } = event;
  if (target.closest("input:not([type=checkbox]), select, textarea")) {
    if (key === "Escape" && target === query) {
      event.preventDefault();
      query.blur();
      document.getElementById("records-title").focus();
    }
    return;
  }
  const inList = target.closest("#list") !== null;
  if (inList && key === "Enter") {
    event.preventDefault();
    const shown = target.closest("[data-record]");
    if (shown) choose(records[Number(shown.dataset.record)]);
    reader.text?.focus({ preventScroll: true });
    return;
  }
  const act = (inList && LIST_KEYS[key]) || (Object.hasOwn(KEYS, key) && KEYS[key]);
  if (act) {
    event.preventDefault();
    act();
  }
}
