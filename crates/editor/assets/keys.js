// The key map: what each key does, and the page that tells.

import * as flows from "./flows.js";
import { el, button, byId } from "./dom.js";

const start = (editor, flow) => {
  editor.flow = flow;
  editor.drawPrompt();
};

const marking = [
  ["a", "mark the selection as a mention of an agency", (editor) => start(editor, flows.mention(editor))],
  ["s", "mark it as the evidence of a stance", (editor) => start(editor, flows.stance(editor))],
  ["c", "mark it as a citation", async (editor) => start(editor, await flows.citation(editor))],
  ["e", "mark the same characters everywhere as the record in hand", (editor) => flows.everywhere(editor)],
  ["b", "give the record in hand the selected boundaries", (editor) => flows.move(editor)],
  ["Delete", "remove the record in hand (also Backspace)", (editor) => flows.remove(editor)],
];

const labels = [
  ["f", "form of the mention", (editor) => ask(editor, "form", "form", "mention")],
  ["j", "join the mention to another agency; holder of the stance", (editor) => ask(editor, "agency", "kind", "mention", "stance")],
  ["k", "kind of the agency or the citation", (editor) => ask(editor, "kind", editor.picked?.layer === "citation" ? "citation" : "kind", "mention", "citation")],
  ["t", "topic of the stance", (editor) => ask(editor, "topic", "topic", "stance")],
  ["i", "position of the stance", (editor) => ask(editor, "position", "position", "stance")],
  ["r", "attribution of the stance", (editor) => ask(editor, "attribution", "attribution", "stance")],
  ["Enter", "write in the fields of the record in hand: name, jurisdiction, canonical id", (editor) => editor.prompt.focusField()],
];

function ask(editor, name, of, ...layers) {
  if (layers.includes(editor.picked?.layer)) start(editor, flows.relabel(editor, name, of));
}

const moving = [
  ["ArrowLeft", "by words; with Ctrl by characters, with Shift selecting", (editor, event) => horizontal(editor, event, -1)],
  ["ArrowRight", undefined, (editor, event) => horizontal(editor, event, 1)],
  ["ArrowUp", "by lines", (editor, event) => editor.caret.line(-1, event.shiftKey)],
  ["ArrowDown", undefined, (editor, event) => editor.caret.line(1, event.shiftKey)],
  ["PageUp", "by screens", (editor, event) => editor.caret.line(-1, event.shiftKey, 15)],
  ["PageDown", undefined, (editor, event) => editor.caret.line(1, event.shiftKey, 15)],
  ["Home", "to the edge of the line; with Ctrl of the text", (editor, event) => editor.caret.edge(-1, event.shiftKey, event.ctrlKey || event.metaKey)],
  ["End", undefined, (editor, event) => editor.caret.edge(1, event.shiftKey, event.ctrlKey || event.metaKey)],
  [".", "select the sentence; again, the next one", (editor) => editor.caret.sentence()],
  ["n", "next record; next suggestion or dispute where those are shown", (editor) => editor.go(1)],
  ["p", "previous one", (editor) => editor.go(-1)],
  ["Tab", "the other record at this place, where several overlap", (editor) => editor.cycle()],
];

function horizontal(editor, event, direction) {
  if (event.ctrlKey || event.altKey) editor.caret.character(direction, event.shiftKey);
  else editor.caret.word(direction, event.shiftKey);
}

const working = [
  ["u", "undo, without limit (also Ctrl+Z)", (editor) => editor.undo()],
  ["U", "redo (also Ctrl+Shift+Z)", (editor) => editor.redo()],
  ["g", "show or hide suggestions; the document is then marked as assisted", (editor) => editor.suggestions.toggle()],
  ["y", "take the suggestion", (editor) => editor.takeSuggestion()],
  ["x", "reject the suggestion", (editor) => editor.rejectSuggestion()],
  ["m", "compare and adjudicate the two annotators", (editor) => editor.adjudication.toggle()],
  ["1", "take the first annotator's", (editor) => editor.adjudication.decide("a"), "dispute"],
  ["2", "take the second's", (editor) => editor.adjudication.decide("b"), "dispute"],
  ["3", "take both", (editor) => editor.adjudication.decide("both"), "dispute"],
  ["0", "take neither", (editor) => editor.adjudication.decide("neither"), "dispute"],
  ["A", "take everything both agree on", (editor) => editor.adjudication.takeAgreed(), "dispute"],
  ["D", "mark the document as done, or as a draft again", (editor) => editor.toggleDone()],
  ["/", "search documents", () => byId("search").focus()],
  ["?", "this list", () => showHelp()],
];

const GROUPS = [
  ["Marking", marking],
  ["Labels of the record in hand", labels],
  ["Moving", moving],
  ["Working", working],
];

const TABLE = new Map();
for (const [, rows] of GROUPS) for (const row of rows) if (!row[3]) TABLE.set(row[0], row);
const DISPUTE = new Map(working.filter((row) => row[3] === "dispute").map((row) => [row[0], row]));

const writes = (target) => target.closest?.("input, textarea, select, [contenteditable]");

/** Takes a key for an editor; whether it meant something. */
export function take(editor, event) {
  const { key } = event;
  const command = event.ctrlKey || event.metaKey;
  if (command && key.toLowerCase() === "z") {
    if (writes(event.target)) return false;
    return did(event, () => (event.shiftKey ? editor.redo() : editor.undo()));
  }
  if (command && key.toLowerCase() === "y" && !writes(event.target)) return did(event, () => editor.redo());
  if (command && key.toLowerCase() === "s") return did(event, () => editor.save());
  if (byId("help").open) return false;
  if (writes(event.target)) {
    if (key === "Escape") return did(event, () => editor.focus());
    return false;
  }
  const inText = event.target === editor.view.root || event.target === document.body;
  if (!inText && ["Tab", "Enter", " ", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"].includes(key)) return false;
  if (command && !key.startsWith("Arrow") && key !== "Home" && key !== "End") return false;
  if (editor.flow && !key.startsWith("Arrow")) {
    if (editor.flow.step.text) return false;
    if (editor.flow.key(key)) return did(event, () => {});
  }
  if (key === "Escape") return did(event, () => editor.escape());
  if (key === "Backspace") return did(event, () => flows.remove(editor));
  if (key === "Tab") {
    if (event.shiftKey || !editor.cycle()) return false;
    event.preventDefault();
    return true;
  }
  const row = (editor.adjudication.shown && DISPUTE.get(key)) || TABLE.get(key);
  if (!row) return false;
  return did(event, () => row[2](editor, event));
}

function did(event, run) {
  event.preventDefault();
  run();
  return true;
}

const shown = (key) => ({ ArrowLeft: "← →", ArrowUp: "↑ ↓", PageUp: "PgUp PgDn", Home: "Home End" })[key] ?? key;

export function showHelp() {
  const dialog = byId("help");
  const groups = GROUPS.map(([title, rows]) => {
    const entries = rows.filter((row) => row[1]).flatMap(([key, told]) => [el("dt", {}, el("kbd", {}, shown(key))), el("dd", {}, told)]);
    return el("section", {}, el("h3", {}, title), el("dl", {}, entries));
  });
  const close = button("Close", "Esc", () => dialog.close());
  dialog.replaceChildren(el("header", {}, el("h2", { id: "help-title" }, "Keys"), close), el("div", { class: "columns", tabindex: "0", role: "group", "aria-label": "Key map" }, groups));
  dialog.showModal();
}
