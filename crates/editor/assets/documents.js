// The list of documents with how far each has come.

import { el, byId } from "./dom.js";

const STATES = {
  untouched: ["○", "untouched"],
  in_progress: ["◐", "in progress"],
  done: ["●", "done"],
  adjudicated: ["◆", "adjudicated"],
  problems: ["!", "problems"],
  withheld: ["–", "text not at hand"],
};

export function drawDocuments(project, current, open) {
  const wanted = byId("search").value.trim().toLowerCase();
  const rows = project.documents.filter((one) => `${one.id} ${one.title ?? ""} ${one.genre ?? ""}`.toLowerCase().includes(wanted));
  const bySplit = Map.groupBy ? Map.groupBy(rows, (one) => one.split ?? "") : grouped(rows);
  const items = [];
  for (const [split, documents] of bySplit) {
    if (bySplit.size > 1 || split) items.push(el("li", { class: "split" }, split || "no split", el("span", { class: "count" }, String(documents.length))));
    for (const one of documents) items.push(row(one, current, open));
  }
  if (items.length === 0) items.push(el("li", { class: "split" }, "nothing found"));
  byId("list").replaceChildren(...items);
}

function grouped(rows) {
  const map = new Map();
  for (const row of rows) map.set(row.split ?? "", [...(map.get(row.split ?? "") ?? []), row]);
  return map;
}

function row(one, current, open) {
  const [sign, told] = STATES[one.standing.state];
  const { errors, records, assisted } = one.standing;
  const details = [told, errors ? `${errors} errors` : "", records ? `${records} records` : "", assisted === true ? "assisted" : assisted === false ? "blind" : ""].filter(Boolean).join(", ");
  const withheld = one.standing.state === "withheld";
  const press = el(
    "button",
    { type: "button", class: `document ${one.standing.state}`, "aria-current": one.id === current ? "page" : undefined, disabled: withheld, onclick: () => open(one.id) },
    el("span", { class: "sign", "aria-hidden": "true" }, sign),
    el("span", { class: "name" }, one.title || one.id),
    el("span", { class: "details" }, details),
  );
  return el("li", {}, press);
}
