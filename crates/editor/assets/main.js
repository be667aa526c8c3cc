// Starts the page: the project, the list of documents, the document that the address names.

import { Fault, get, path, readAddress } from "./api.js";
import { drawDocuments } from "./documents.js";
import { byId, el, notice } from "./dom.js";
import { Editor } from "./editor.js";
import { showHelp, take } from "./keys.js";

const client = sessionStorage.getItem("goldrule-client") ?? crypto.randomUUID();
sessionStorage.setItem("goldrule-client", client);

let project;
let editor;

async function refresh() {
  project = await get("project");
  drawDocuments(project, editor?.id, go);
}

function go(id) {
  const hash = `#${new URLSearchParams({ doc: id })}`;
  if (location.hash === hash) open(id);
  else location.hash = hash;
}

async function open(id) {
  const began = performance.now();
  try {
    const opened = await get(path(id));
    await editor?.link.sent();
    editor?.close();
    document.title = `${opened.title || id} – goldrule`;
    byId("title").textContent = opened.title || id;
    byId("split").textContent = opened.split ?? "";
    byId("split").hidden = !opened.split;
    editor = new Editor(opened, project, client, refresh);
    window.goldrule = { editor, began };
    drawDocuments(project, id, go);
    document.querySelector(".document[aria-current]")?.scrollIntoView({ block: "nearest" });
    requestAnimationFrame(() => requestAnimationFrame(() => (window.goldrule.opened = performance.now() - began)));
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    notice(`${id} cannot be opened: ${fault.message}`, "warn");
  }
}

function welcome() {
  byId("title").textContent = "goldrule";
  byId("text").replaceChildren(
    el("p", { class: "block" }, "Choose a document on the left (/ searches, Enter opens)."),
    el("p", { class: "block" }, "Every step is in the journal before you see it saved, and in the gold file a moment later. Press ? for the keys."),
  );
}

document.addEventListener("keydown", (event) => {
  if (event.target === byId("search")) {
    if (event.key === "Enter") document.querySelector("#list .document:not(:disabled)")?.click();
    if (event.key === "Escape") editor?.focus();
    return;
  }
  if (editor) take(editor, event);
  else if (event.key === "?") showHelp();
  else if (event.key === "/") {
    event.preventDefault();
    byId("search").focus();
  }
});

byId("search").addEventListener("input", () => drawDocuments(project, editor?.id, go));

window.addEventListener("hashchange", () => {
  const id = readAddress();
  if (id && id !== editor?.id) open(id);
});

try {
  const named = readAddress();
  await refresh();
  if (named) await open(named);
  else welcome();
} catch (fault) {
  if (!(fault instanceof Fault)) throw fault;
  byId("text").textContent = `The server refused: ${fault.message}`;
}
