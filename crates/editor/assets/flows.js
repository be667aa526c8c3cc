// Marking: select, one key for the layer, one key for each label. Each question is a step with its answers.

import { get, path } from "./api.js";
import * as guess from "./guess.js";
import { KEYS, SECTIONS, human } from "./words.js";

const DIGITS = "123456789";

/** The answers of a closed list. */
export function listed(of, { suggested } = {}) {
  return Object.entries(KEYS[of]).map(([word, key]) => ({ key, value: word, label: human(word), word, suggested: word === suggested }));
}

/** The answers for an agency: the likeliest under digits. */
function agencies(rows) {
  return rows.map((agency, at) => ({ key: DIGITS[at] ?? "", value: agency.id, label: agency.name, agency }));
}

export class Flow {
  constructor(editor, title, steps, finish) {
    Object.assign(this, { editor, title, steps, finish, at: 0, answers: {} });
    this.#prepare();
  }

  #prepare() {
    while (this.at < this.steps.length && this.steps[this.at].when?.(this.answers) === false) this.at++;
    if (this.at >= this.steps.length) {
      this.editor.flow = undefined;
      this.finish(this.answers);
      this.editor.drawPrompt();
      return;
    }
    const step = this.steps[this.at];
    this.options = step.options?.(this.answers) ?? [];
    this.editor.drawPrompt();
  }

  get step() {
    return this.steps[this.at];
  }

  answer(value) {
    this.answers[this.step.name] = value;
    this.at++;
    this.#prepare();
  }

  /** Takes a key; whether it was one of the step's. */
  key(key) {
    if (key === "Escape") {
      this.editor.flow = undefined;
      this.editor.drawPrompt();
      return true;
    }
    if (key === "Enter") {
      const suggested = this.options.find((option) => option.suggested);
      if (suggested) this.answer(suggested.value);
      return true;
    }
    const option = this.options.find((one) => one.key === key);
    if (!option) return key.length === 1;
    this.answer(option.value);
    return true;
  }
}

/** What is selected, or the word at the caret. */
function selection(editor) {
  const { caret } = editor;
  if (caret.start === caret.end) {
    caret.character(1, true);
    caret.toWords();
  }
  const { start, end } = caret;
  return start < end && /\S/u.test(editor.model.text.slice(start, end)) ? editor.model.span(start, end) : undefined;
}

function refuse(editor, layer, span) {
  const other = editor.model.inTheWay(layer, span.start, span.end);
  if (!other) return false;
  editor.tell(`“${editor.model.quote(other)}” is marked there already: press Delete to remove it, or ${layer === "mention" ? "j to give it to another agency" : "k to change its kind"}`);
  editor.pick(other);
  return true;
}

/** Marks the selection as a mention of an agency. */
export function mention(editor) {
  const span = selection(editor);
  if (!span || refuse(editor, "mention", span)) return undefined;
  const { model } = editor;
  const text = model.text.slice(editor.caret.start, editor.caret.end);
  const rows = guess.ranked(model, text, span.start);
  const steps = [
    {
      name: "agency",
      ask: "Which agency?",
      section: 1,
      options: () => [{ key: "0", value: "", label: "new agency", suggested: rows.length === 0 }, ...agencies(rows)],
    },
    {
      name: "kind",
      ask: "What kind of body is it?",
      of: "kind",
      when: (answers) => answers.agency === "",
      options: () => listed("kind", { suggested: guess.kind(text) }),
    },
  ];
  return new Flow(editor, `Mention “${short(text)}”`, steps, (answers) => {
    const changes = [];
    let id = answers.agency;
    if (!id) {
      const name = text.replace(/\s+/gu, " ").trim();
      id = guess.slug(name, (taken) => model.agency(taken) !== undefined);
      changes.push({ new: { layer: "agency", id, name, kind: answers.kind } });
    }
    const record = { layer: "mention", agency: id, ...span, form: guess.form(text) };
    changes.push({ new: record });
    editor.act(`mark “${short(text)}”`, changes, record);
  });
}

/** Marks the selection as the evidence of a stance. */
export function stance(editor) {
  const span = selection(editor);
  if (!span) return undefined;
  const { model } = editor;
  if (model.agencies().length === 0) {
    editor.tell("A stance needs a holder: mark its agency first (a).");
    return undefined;
  }
  const text = model.text.slice(editor.caret.start, editor.caret.end);
  const steps = [
    { name: "agency", ask: "Who holds it?", section: 2, options: () => agencies(guess.holders(model, span.start, span.end)) },
    { name: "topic", ask: "On which topic?", of: "topic", options: () => listed("topic") },
    { name: "position", ask: "Which position?", of: "position", options: () => listed("position") },
    { name: "attribution", ask: "Who says so?", of: "attribution", options: () => listed("attribution") },
  ];
  return new Flow(editor, `Stance “${short(text)}”`, steps, (answers) => {
    const record = { layer: "stance", ...answers, ...span };
    editor.act(`stance on ${human(answers.topic)}`, [{ new: record }], record);
  });
}

/** Marks the selection as a citation. */
export async function citation(editor) {
  const span = selection(editor);
  if (!span || refuse(editor, "citation", span)) return undefined;
  const text = editor.model.text.slice(editor.caret.start, editor.caret.end);
  const read = await get(path(editor.id, `/citation?start=${span.start}&end=${span.end}`)).catch(() => ({}));
  const steps = [
    { name: "kind", ask: "What does it cite?", of: "citation", options: () => listed("citation", { suggested: read.kind }) },
    {
      name: "canonical",
      ask: "Canonical id (Enter takes it, empty for none)",
      section: 3,
      text: (answers) => (answers.kind === read.kind ? (read.canonical ?? "") : ""),
    },
  ];
  return new Flow(editor, `Citation “${short(text)}”`, steps, (answers) => {
    const record = { layer: "citation", ...span, kind: answers.kind };
    if (answers.canonical) record.canonical = answers.canonical;
    editor.act(`cite “${short(text)}”`, [{ new: record }], record);
  });
}

/** Asks for another value of one label of the record in hand. */
export function relabel(editor, name, of) {
  const record = editor.picked;
  if (!record) return undefined;
  const { model } = editor;
  const target = name === "kind" && record.layer === "mention" ? model.agency(record.agency) : record;
  const steps = [
    name === "agency"
      ? {
          name,
          ask: record.layer === "stance" ? "Who holds it?" : "Of which agency?",
          section: SECTIONS.kind,
          options: () =>
            agencies(record.layer === "stance" ? guess.holders(model, record.start, record.end) : guess.ranked(model, model.quote(record), record.start)),
        }
      : { name, ask: human(name), of, options: () => listed(of, { suggested: target[name] }) },
  ];
  return new Flow(editor, `Change the ${human(name)}`, steps, (answers) => replace(editor, target, answers));
}

/** Puts a record with other labels in the place of one. */
export function replace(editor, record, labels) {
  const fresh = { ...record, ...labels };
  for (const [key, value] of Object.entries(labels)) if (value === undefined || value === "") delete fresh[key];
  if (JSON.stringify(fresh) === JSON.stringify(record)) return;
  const changes = [{ old: record, new: fresh }, ...orphan(editor.model, record, fresh)];
  editor.act(`change ${record.layer}`, changes, fresh.layer === "agency" ? editor.picked : fresh);
}

/** Gives an agency another id: a new one takes over all that spoke of it. */
export function rename(editor, agency, id) {
  const { model, picked, view } = editor;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(id)) return editor.tell(`“${id}” is no id: small letters, digits and single hyphens, such as stockton-pd`);
  const speaking = [...model.mentionsOf(agency.id), ...model.records("stance").filter((stance) => stance.agency === agency.id)];
  const moved = speaking.map((record) => ({ old: record, new: { ...record, agency: id } }));
  if (!model.agency(id)) view.hues.set(id, view.hue(agency.id));
  editor.act(`call the agency ${id}`, [{ new: { ...agency, id } }, ...moved, { old: agency }], picked?.agency === agency.id ? { ...picked, agency: id } : picked);
}

/** The removal of an agency that a change leaves without mentions and stances. */
export function orphan(model, old, fresh) {
  if (old.layer !== "mention" || old.agency === fresh?.agency) return [];
  const others = model.mentionsOf(old.agency).length > 1;
  const stances = model.records("stance").some((stance) => stance.agency === old.agency);
  const agency = model.agency(old.agency);
  return others || stances || !agency ? [] : [{ old: agency }];
}

/** Marks every other place with the same characters as the record in hand. */
export function everywhere(editor) {
  const { model, picked } = editor;
  if (!picked || picked.layer === "stance") return;
  const text = model.quote(picked);
  const letter = /[\p{L}\p{N}]/u;
  const changes = [];
  for (let at = model.text.indexOf(text); at >= 0; at = model.text.indexOf(text, at + text.length)) {
    const end = at + text.length;
    const inside = (letter.test(text[0]) && at > 0 && letter.test(model.text[at - 1])) || (letter.test(text.at(-1)) && end < model.text.length && letter.test(model.text[end]));
    const span = model.span(at, end);
    if (inside || model.inTheWay(picked.layer, span.start, span.end)) continue;
    const { id: _, rule: __, ...labels } = picked;
    changes.push({ new: { ...labels, ...span } });
  }
  if (changes.length === 0) return editor.tell(`“${short(text)}” is marked everywhere`);
  editor.act(`mark “${short(text)}” in ${changes.length} more places`, changes, picked);
  editor.tell(`${changes.length} more marked; u takes it back`);
}

/** Gives the record in hand the selected span. */
export function move(editor) {
  const { picked, caret, model } = editor;
  if (!picked || picked.start === undefined || caret.start === caret.end) return;
  const span = model.span(caret.start, caret.end);
  const other = picked.layer !== "stance" && model.inTheWay(picked.layer, span.start, span.end, picked);
  if (other) return editor.tell(`“${model.quote(other)}” is in the way`);
  replace(editor, picked, span);
}

/** Removes the record in hand. */
export function remove(editor) {
  const { picked, model } = editor;
  if (!picked) return;
  const record = model.same(picked);
  if (!record) return;
  editor.act(`remove ${record.layer}`, [{ old: record }, ...orphan(model, record)], undefined);
}

export const short = (text) => (text.length > 42 ? `${text.slice(0, 40).replaceAll(/\s+/gu, " ")}…` : text.replaceAll(/\s+/gu, " "));
