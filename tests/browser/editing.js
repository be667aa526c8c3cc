// A running `goldrule edit` over folders of the test's own, and an annotator with a keyboard.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { folder, open, program, root } from "./helpers.js";

/** Starts the server and gives it with its address; it is stopped after the test or suite `t`. */
export async function edit(t, dir, more = []) {
  assert.ok(existsSync(program), `${program} is missing: build it, or name it with GOLDRULE`);
  const child = spawn(program, ["--quiet", "edit", "--corpus", path.join(dir, "corpus"), "--gold", path.join(dir, "annotations", "gold"), ...more], { cwd: dir });
  let told = "";
  child.stderr.on("data", (data) => (told += data));
  const address = await new Promise((done, failed) => {
    child.stdout.once("data", (data) => done(String(data).trim()));
    child.once("exit", (status) => failed(new Error(`goldrule edit ended with ${status}: ${told}`)));
  });
  t.after(() => child.kill("SIGKILL"));
  return { child, address, dir };
}

/** A project of these texts; gold and annotators' files by document. */
export function project(t, texts, gold = {}, annotators = undefined) {
  const dir = folder(t);
  for (const part of ["corpus", "annotations/gold"]) mkdirSync(path.join(dir, part), { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(dir, "corpus", `${name}.txt`), text);
  const write = (part, files) => {
    mkdirSync(path.join(dir, "annotations", part), { recursive: true });
    for (const [name, set] of Object.entries(files)) {
      const text = typeof set === "string" ? set : JSON.stringify({ schema_version: 1, document: name, agencies: [], stances: [], citations: [], ...set });
      writeFileSync(path.join(dir, "annotations", part, `${name}.json`), text);
    }
  };
  write("gold", gold);
  if (annotators) for (const [at, part] of ["annotator-a", "annotator-b"].entries()) write(part, annotators[at]);
  return dir;
}

/** A project with one shipped document, and the two annotators' files of it. */
export function shipped(t, name) {
  const dir = project(t, {});
  cpSync(path.join(root, "corpus", `${name}.txt`), path.join(dir, "corpus", `${name}.txt`));
  for (const part of ["annotator-a", "annotator-b"]) {
    mkdirSync(path.join(dir, "annotations", part), { recursive: true });
    cpSync(path.join(root, "annotations", part, `${name}.json`), path.join(dir, "annotations", part, `${name}.json`));
  }
  const gold = JSON.parse(readFileSync(path.join(root, "annotations", "gold", `${name}.json`), "utf8"));
  return { dir, gold };
}

/** Opens a document in a window of its own. */
export async function window(browser, server, name, options = {}) {
  const page = await open(browser, `${server.address}&doc=${encodeURIComponent(name)}`, options);
  await page.waitForFunction((id) => globalThis.goldrule?.editor?.id === id && globalThis.goldrule.opened, name);
  return page;
}

/** Waits until the gold file holds everything the window did. */
export async function saved(page) {
  await page.evaluate(() => globalThis.goldrule.editor.save());
  await page.waitForFunction(() => document.getElementById("saved").textContent === "Saved");
}

/** The gold file of a document. */
export function read(server, name) {
  return JSON.parse(readFileSync(path.join(server.dir, "annotations", "gold", `${name}.json`), "utf8"));
}

/** What a set says, without ids, so that two sets of different ids can be compared. */
export function content(set) {
  const first = (agency) => Math.min(...agency.mentions.map((mention) => mention.start));
  const names = new Map(set.agencies.map((agency) => [agency.id, `agency at ${first(agency)}`]));
  return {
    agencies: set.agencies
      .map(({ name, kind, jurisdiction, mentions }) => ({ name, kind, jurisdiction, mentions: mentions.map(({ text, start, end, form }) => ({ text, start, end, form })) }))
      .sort((a, b) => a.mentions[0].start - b.mentions[0].start),
    stances: set.stances
      .map(({ agency, topic, position, attribution, text, start, end }) => ({ agency: names.get(agency), topic, position, attribution, text, start, end }))
      .sort((a, b) => a.start - b.start || a.end - b.end || (a.topic < b.topic ? -1 : 1) || (a.agency < b.agency ? -1 : 1)),
    citations: set.citations.map(({ text, start, end, kind, canonical }) => ({ text, start, end, kind, canonical })),
  };
}

/** An annotator who writes a gold file by keys (and, with `mouse`, drags to select), and counts what that takes. */
export class Annotator {
  constructor(page, { mouse = false } = {}) {
    Object.assign(this, { page, mouse, keys: 0, gestures: 0, typed: 0 });
  }

  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      this.keys++;
    }
  }

  async type(text) {
    await this.page.keyboard.insertText(text);
    this.typed += [...text].length;
  }

  at() {
    return this.page.evaluate(() => {
      const { caret, model } = globalThis.goldrule.editor;
      return { anchor: model.offsets.toPoint(caret.anchor), focus: model.offsets.toPoint(caret.focus) };
    });
  }

  /** What keys could be pressed next: the labels offered with their keys. */
  options() {
    return this.page.evaluate(() => globalThis.goldrule.editor.flow?.options.map(({ key, value, label, suggested }) => ({ key, value, label, suggested })) ?? []);
  }

  async #choose(value) {
    const options = await this.options();
    const option = options.find((one) => one.value === value);
    assert.ok(option, `${value} is not offered: ${JSON.stringify(options)}`);
    if (option.suggested) return this.press("Enter");
    assert.ok(option.key, `${value} has no key`);
    return this.press(option.key);
  }

  /** Selects a span of code points. */
  async select(start, end) {
    if (this.mouse) return this.#drag(start, end);
    let { focus } = await this.at();
    // Lines while they bring the caret nearer, then words, then characters.
    for (let best = Math.abs(focus - start); best > 60; ) {
      await this.press(focus < start ? "ArrowDown" : "ArrowUp");
      ({ focus } = await this.at());
      if (Math.abs(focus - start) >= best) break;
      best = Math.abs(focus - start);
    }
    const seek = async (target, shift) => {
      for (const unit of ["", "Control+"]) {
        for (let best = Math.abs(focus - target); best > 0; ) {
          await this.press(`${shift}${unit}${focus < target ? "ArrowRight" : "ArrowLeft"}`);
          ({ focus } = await this.at());
          if (Math.abs(focus - target) >= best && unit === "") break;
          best = Math.abs(focus - target);
        }
      }
      assert.equal(focus, target);
    };
    if (end - start > 40) {
      await this.press(".");
      const { anchor, focus: last } = await this.at();
      if (anchor === start && last === end) return undefined;
      focus = last;
    }
    await seek(start, "");
    // A caret that was inside a selection has to leave it.
    if ((await this.at()).anchor !== start) await this.press("Control+ArrowRight", "Control+ArrowLeft");
    await seek(end, "Shift+");
    const place = await this.at();
    assert.deepEqual(place, { anchor: start, focus: end });
    return undefined;
  }

  async #drag(start, end) {
    const boxes = await this.page.evaluate(
      async ([from, to]) => {
        const { view, model, caret } = globalThis.goldrule.editor;
        const [first, last] = [model.offsets.toUnit(from), model.offsets.toUnit(to)];
        view.reveal(last);
        view.reveal(first);
        caret.draw();
        // Lines that come into view are laid out in the next frame, and may move what is below them.
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const a = view.box(first);
        const b = view.box(last - 1);
        return [{ x: a.left + 1, y: a.top + a.height / 2 }, { x: b.right - 0.5, y: b.top + b.height / 2 }];
      },
      [start, end],
    );
    const { mouse } = this.page;
    // Alt keeps the exact characters; without it, the selection grows to whole words.
    await mouse.move(boxes[0].x, boxes[0].y);
    await mouse.down();
    await mouse.move(boxes[1].x, boxes[1].y, { steps: 4 });
    await mouse.up();
    this.gestures++;
    let place = await this.at();
    const put = () => [Math.min(place.anchor, place.focus), Math.max(place.anchor, place.focus)];
    if (put()[1] > end && put()[0] === start) {
      while (put()[1] > end) {
        await this.press("Shift+Control+ArrowLeft");
        place = await this.at();
      }
    } else if (put()[1] < end && put()[0] === start) {
      while (put()[1] < end) {
        await this.press("Shift+Control+ArrowRight");
        place = await this.at();
      }
    }
    assert.deepEqual(put(), [start, end]);
  }

  /** Marks a mention; `made` maps gold ids to the editor's. */
  async mention(agency, mention, made) {
    await this.select(mention.start, mention.end);
    await this.press("a");
    const known = made.get(agency.id);
    await this.#choose(known ?? "");
    if (!known) await this.#choose(agency.kind);
    const record = await this.page.evaluate(() => globalThis.goldrule.editor.picked);
    assert.deepEqual([record.start, record.end], [mention.start, mention.end]);
    if (record.form !== mention.form) {
      await this.press("f");
      await this.#choose(mention.form);
    }
    if (known) return;
    made.set(agency.id, record.agency);
    const head = await this.page.evaluate((id) => globalThis.goldrule.editor.model.agency(id), record.agency);
    if (head.name !== agency.name || agency.jurisdiction) {
      await this.press("Enter");
      if (head.name !== agency.name) await this.type(agency.name);
      if (agency.jurisdiction) {
        await this.press("Tab");
        await this.page.waitForFunction(() => document.activeElement.dataset?.field === "jurisdiction");
        await this.type(agency.jurisdiction);
      }
      await this.press("Enter");
    }
  }

  /** Marks the rest of an agency's mentions with the same characters, where that is what gold says. */
  async everywhere(agency, mention, gold, text, done) {
    const same = (one) => one.text === mention.text && one.form === mention.form;
    const rest = agency.mentions.filter((one) => same(one) && !done.has(one));
    if (rest.length === 0) return;
    const marked = gold.agencies.flatMap((one) => one.mentions.map((mention) => [one, mention]));
    const places = [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${mention.text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")}(?![\\p{L}\\p{N}])`, "gu"))];
    const free = places.map((match) => [...text.slice(0, match.index)].length).filter((start) => !marked.some(([one, other]) => other.start <= start && start < other.end && !(one === agency && same(other))));
    if (free.some((start) => !agency.mentions.some((one) => one.start === start && same(one)))) return;
    await this.press("e");
    for (const one of rest) done.add(one);
  }

  async citation(citation) {
    await this.select(citation.start, citation.end);
    await this.press("c");
    await this.page.waitForFunction(() => globalThis.goldrule.editor.flow?.step.name === "kind");
    await this.#choose(citation.kind);
    const field = this.page.locator("#prompt input:visible");
    const offered = await field.inputValue();
    if (offered !== (citation.canonical ?? "")) {
      if (citation.canonical) await this.type(citation.canonical);
      else await this.press("Delete");
    }
    await this.press("Enter");
  }

  async stance(stance, made) {
    await this.select(stance.start, stance.end);
    await this.press("s");
    await this.#choose(made.get(stance.agency));
    await this.#choose(stance.topic);
    await this.#choose(stance.position);
    await this.#choose(stance.attribution);
  }

  /** Takes a mention in hand by clicking on it. */
  async #click(mention) {
    const box = await this.page.evaluate((start) => {
      const { view, model } = globalThis.goldrule.editor;
      const unit = model.offsets.toUnit(start);
      view.reveal(unit);
      const { left, top, width, height } = view.box(unit);
      return { x: left + width / 2, y: top + height / 2 };
    }, mention.start);
    await this.page.mouse.click(box.x, box.y);
    this.gestures++;
    const picked = await this.page.evaluate(() => globalThis.goldrule.editor.picked);
    assert.deepEqual([picked?.layer, picked?.start], ["mention", mention.start]);
  }

  /** Puts right what the agencies of taken suggestions say; each is found by its first mention. */
  async finishAgencies(gold, known, records) {
    for (const agency of gold.agencies.filter((one) => known.has(one.id))) {
      const head = records.find((record) => record.layer === "agency" && record.id === known.get(agency.id));
      const [kind, name, place] = [head.kind !== agency.kind, head.name !== agency.name, (head.jurisdiction ?? "") !== (agency.jurisdiction ?? "")];
      if (!kind && !name && !place) continue;
      const first = records.filter((record) => record.layer === "mention" && record.agency === head.id).sort((a, b) => a.start - b.start)[0];
      if (this.mouse) await this.#click(first);
      else {
        // From record to record, as one looks them over.
        const there = () => this.page.evaluate(() => globalThis.goldrule.editor.picked?.start ?? -1);
        for (let tries = 0; (await there()) !== first.start && tries < 200; tries++) await this.press("n");
      }
      if (kind) {
        await this.press("k");
        await this.#choose(agency.kind);
      }
      if (!name && !place) continue;
      await this.press("Enter");
      if (name) await this.type(agency.name);
      if (place) {
        await this.press("Tab");
        await this.page.waitForFunction(() => document.activeElement.dataset?.field === "jurisdiction");
        if (agency.jurisdiction) await this.type(agency.jurisdiction);
        else await this.press("Delete");
      }
      await this.press("Enter");
    }
  }

  /** Writes a whole gold file: agencies and citations in one go, then the stances. */
  async write(gold, text, made = new Map(), whole = gold) {
    const done = new Set();
    const rows = [...gold.agencies.flatMap((agency) => agency.mentions.map((mention) => ({ agency, mention, start: mention.start }))), ...gold.citations.map((citation) => ({ citation, start: citation.start }))];
    rows.sort((a, b) => a.start - b.start);
    for (const { agency, mention, citation } of rows) {
      if (citation) await this.citation(citation);
      else if (!done.has(mention)) {
        done.add(mention);
        await this.mention(agency, mention, made);
        await this.everywhere(agency, mention, whole, text, done);
      }
    }
    if (!this.mouse) await this.press("Control+Home");
    for (const stance of [...gold.stances].sort((a, b) => a.start - b.start || a.end - b.end)) await this.stance(stance, made);
    return made;
  }
}

/**
 * What brat's manual has a user do for the same records: every drag, click and confirming key counts one,
 * typed characters apart. crates/editor/KEYSTROKES.md says what each of these numbers is.
 */
export function brat(gold) {
  const steps = { mentions: 0, grouping: 0, agencies: 0, stances: 0, citations: 0 };
  let typed = 0;
  for (const { name, mentions, jurisdiction } of gold.agencies) {
    steps.mentions += mentions.length * 3;
    steps.grouping += (mentions.length - 1) * 3;
    steps.agencies += 2 + 1;
    typed += [...name].length + [...(jurisdiction ?? "")].length;
  }
  steps.stances = gold.stances.length * (3 + 2 * 2 + 3);
  for (const { canonical } of gold.citations) {
    steps.citations += 3 + (canonical ? 1 : 0);
    typed += [...(canonical ?? "")].length;
  }
  return { steps, total: Object.values(steps).reduce((sum, one) => sum + one, 0), typed };
}
