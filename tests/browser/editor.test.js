// `goldrule edit` in the browser: what an annotator does, and what becomes of it.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Annotator, content, edit, project, read, saved, shipped, window } from "./editing.js";
import { accessible, finish, goldrule, launch, picture, root } from "./helpers.js";

const NOTE = [
  "👮🏽‍♀️ Harbor police do not ask about status. </script><script>document.title='taken'</script>",
  "<img src=x onerror=\"document.title='taken'\"> Cafe\u0301 Harbor\u00a0Police follow SB 54 and 8 U.S.C. § 1373.",
  "شرطة هاربور Harbor police قالت 🚓 that they hold nobody.",
  "",
  "The department (HPD) will not hold anyone for ICE without a warrant.",
].join("\r\n");

describe("goldrule edit", () => {
  let browser;
  before(async () => (browser = await launch()));
  after(() => browser.close());

  test("a document is annotated from nothing by keyboard alone, with exact offsets in a text of every trap", async (t) => {
    const dir = project(t, { note: NOTE });
    const server = await edit(t, dir);
    const page = await window(browser, server, "note");
    const points = (quote, from = 0) => {
      const at = NOTE.indexOf(quote, from);
      const start = [...NOTE.slice(0, at)].length;
      return { text: quote, start, end: start + [...quote].length };
    };
    const gold = {
      agencies: [
        {
          id: "harbor-police",
          name: "Harbor Police Department",
          kind: "police",
          jurisdiction: "ocd-division/country:us/state:ca/place:harbor",
          mentions: [
            { ...points("Harbor police"), form: "name" },
            { ...points("Harbor\u00a0Police"), form: "name" },
            { ...points("Harbor police", NOTE.indexOf("شرطة")), form: "name" },
            { ...points("department"), form: "nominal" },
            { ...points("HPD"), form: "acronym" },
          ],
        },
        { id: "ice", name: "U.S. Immigration and Customs Enforcement", kind: "federal", jurisdiction: "ocd-division/country:us", mentions: [{ ...points("ICE"), form: "acronym" }] },
      ],
      stances: [
        { agency: "harbor-police", topic: "status_inquiry", position: "against", attribution: "reported", ...points("Harbor police do not ask about status") },
        { agency: "harbor-police", topic: "detainers", position: "conditional", attribution: "own", ...points("The department (HPD) will not hold anyone for ICE without a warrant") },
      ],
      citations: [
        { ...points("SB 54"), kind: "bill", canonical: "/us-ca/bill/sb/54" },
        { ...points("8 U.S.C. § 1373"), kind: "statute", canonical: "/us/usc/t8/s1373" },
      ],
    };
    const annotator = new Annotator(page);
    await annotator.write(gold, NOTE);
    await annotator.press("Shift+D");
    await saved(page);
    const made = read(server, "note");
    assert.deepEqual(content(made), content(gold));
    assert.deepEqual(made.agencies.map((agency) => agency.id), ["harbor-police", "ice"]);
    assert.equal(made.meta.status, "done");
    assert.equal(made.meta.assisted, false, "no suggestion was shown");
    goldrule(["--quiet", "check", "--corpus", path.join(dir, "corpus"), path.join(dir, "annotations", "gold")]);
    assert.equal(await page.title(), "note – goldrule", "a document is text, whatever it holds");
    assert.equal(await page.locator("#text script, #text img").count(), 0);
    assert.equal(await page.evaluate(() => globalThis.goldrule.editor.view.root.textContent), NOTE, "every character is there");
    await finish(page);
  });

  test("undo and redo reach back to the beginning, also after a reload", async (t) => {
    const server = await edit(t, project(t, { note: "Bill SB 1 and SB 2 and SB 3 are read." }));
    const page = await window(browser, server, "note");
    const annotator = new Annotator(page);
    for (const start of [5, 14, 23]) await annotator.citation({ start, end: start + 4, kind: "bill", canonical: "/us-ca/bill/sb/1" });
    const count = () => page.evaluate(() => globalThis.goldrule.editor.model.records("citation").length);
    assert.equal(await count(), 3);
    await annotator.press("u");
    assert.equal(await count(), 2);
    await saved(page);
    await page.reload();
    await page.waitForFunction(() => globalThis.goldrule?.opened);
    await annotator.press("u", "u", "u");
    assert.equal(await count(), 0);
    await annotator.press("Shift+U", "Control+Shift+Z", "Shift+U", "Shift+U");
    assert.equal(await count(), 3);
    await annotator.press("Control+Z");
    assert.equal(await count(), 2);
    await saved(page);
    assert.equal(read(server, "note").citations.length, 2);
    await finish(page);
  });

  test("suggestions are taken and rejected by key, and a rejected one does not come back", async (t) => {
    const text = "Troy police do not ask about immigration status. They follow SB 54 and SB 55.";
    const server = await edit(t, project(t, { note: text }));
    const page = await window(browser, server, "note");
    const annotator = new Annotator(page);
    await annotator.press("g");
    await page.waitForFunction(() => globalThis.goldrule.editor.suggestions.waiting?.length > 0);
    const waiting = () => page.evaluate(() => globalThis.goldrule.editor.suggestions.waiting.map((record) => [record.layer, record.start]));
    const all = await waiting();
    assert.ok(all.length >= 4, JSON.stringify(all));
    await page.waitForFunction(() => document.querySelector("#prompt .why")?.textContent.includes("Rule"));
    // Everything but the last citation is taken.
    for (let left = all.length; left > 1; left--) await annotator.press("y");
    await page.waitForFunction(() => globalThis.goldrule.editor.suggestions.waiting.length === 1);
    await annotator.press("x");
    await page.waitForFunction(() => globalThis.goldrule.editor.suggestions.waiting.length === 0);
    await saved(page);
    const made = read(server, "note");
    assert.equal(made.meta.assisted, true);
    assert.equal(made.stances.length, 1);
    assert.deepEqual(made.citations.map((one) => one.text), ["SB 54"]);
    assert.ok(!JSON.stringify(made).includes("rule"), "gold does not say which rule");
    await page.reload();
    await page.waitForFunction(() => globalThis.goldrule?.opened);
    await annotator.press("g");
    await page.waitForFunction(() => globalThis.goldrule.editor.suggestions.loaded);
    assert.deepEqual(await page.evaluate(() => globalThis.goldrule.editor.suggestions.open()), []);
    assert.ok(existsSync(path.join(server.dir, "annotations", "gold", "note.decisions.jsonl")));
    await finish(page);
  });

  test("two annotators are adjudicated, each dispute with one key", async (t) => {
    const text = "Troy police hold nobody for ICE. The chief follows SB 54 and SB 55, Troy officers say.";
    const agency = { id: "troy", name: "Troy Police Department", kind: "police" };
    const troy = { text: "Troy police", start: 0, end: 11, form: "name" };
    const ice = { id: "ice", name: "ICE", kind: "federal", mentions: [{ text: "ICE", start: 28, end: 31, form: "acronym" }] };
    const stance = { agency: "troy", topic: "detainers", position: "against", attribution: "reported", start: 0, end: 31 };
    const bill = (start, canonical) => ({ start, end: start + 5, kind: "bill", canonical });
    const a = { agencies: [{ ...agency, mentions: [troy] }, ice], stances: [stance], citations: [bill(51, "/us-ca/bill/sb/54")] };
    const b = {
      agencies: [{ ...agency, id: "troy-pd", kind: "government", mentions: [troy] }, { ...ice, id: "ice-b" }],
      stances: [{ ...stance, agency: "troy-pd", position: "conditional", start: 12 }],
      citations: [bill(51, "/us-tx/bill/sb/54"), bill(61, "/us-ca/bill/sb/55")],
    };
    const server = await edit(t, project(t, { note: text }, {}, [{ note: a }, { note: b }]));
    const page = await window(browser, server, "note");
    const annotator = new Annotator(page);
    await annotator.press("m");
    await page.waitForFunction(() => globalThis.goldrule.editor.adjudication.shown);
    await annotator.press("Shift+A");
    const disputes = await page.evaluate(() => globalThis.goldrule.editor.adjudication.disputed().map(({ a, b }) => (a ?? b).layer));
    assert.deepEqual(disputes.toSorted(), ["agency", "citation", "citation", "stance"]);
    const before = annotator.keys;
    for (let left = disputes.length; left > 0; left--) {
      const layer = await page.evaluate(() => (globalThis.goldrule.editor.adjudication.pair.a ?? globalThis.goldrule.editor.adjudication.pair.b).layer);
      const only = await page.evaluate(() => globalThis.goldrule.editor.adjudication.pair.a === null);
      await annotator.press(layer === "stance" ? "2" : only ? "0" : "1");
    }
    assert.equal(annotator.keys - before, disputes.length, "one key for each");
    await annotator.press("Shift+D");
    await saved(page);
    const made = read(server, "note");
    assert.deepEqual(made.agencies.map(({ id, kind }) => [id, kind]), [["troy", "police"], ["ice", "federal"]]);
    assert.deepEqual(made.stances.map(({ position, start }) => [position, start]), [["conditional", 12]]);
    assert.deepEqual(made.citations.map((one) => one.canonical), ["/us-ca/bill/sb/54"]);
    // What was decided stays so: also that neither is right.
    await page.reload();
    await page.waitForFunction(() => globalThis.goldrule?.opened);
    await annotator.press("m");
    await page.waitForFunction(() => globalThis.goldrule.editor.adjudication.shown);
    const open = await page.evaluate(() => {
      const { adjudication } = globalThis.goldrule.editor;
      return adjudication.disputed().filter((pair) => !adjudication.decision(pair)).length;
    });
    assert.equal(open, 0);
    await finish(page);
  });

  test("two windows on one document lose nothing, and are told where they disagree", async (t) => {
    const server = await edit(t, project(t, { note: "Bill SB 1 and SB 2 and SB 3 are read." }));
    const one = await window(browser, server, "note");
    const two = await window(browser, server, "note");
    const [kim, lee] = [new Annotator(one), new Annotator(two)];
    const mark = (start, canonical) => ({ start, end: start + 4, kind: "bill", canonical });
    await Promise.all([kim.citation(mark(5, "/us-ca/bill/sb/1")), lee.citation(mark(14, "/us-ca/bill/sb/2"))]);
    const count = (page, wanted) => page.waitForFunction((wanted) => globalThis.goldrule.editor.model.records("citation").length === wanted, wanted);
    await Promise.all([count(one, 2), count(two, 2)]);
    // Both change the same record at once: one is first, the other is told and can insist.
    await Promise.all(
      [[one, "policy"], [two, "statute"]].map(([page, kind]) =>
        page.evaluate((kind) => {
          const { editor } = globalThis.goldrule;
          const old = editor.model.records("citation").find((record) => record.start === 5);
          editor.act(`make it a ${kind}`, [{ old, new: { ...old, kind } }], undefined);
        }, kind),
      ),
    );
    const told = await Promise.race([one, two].map((page) => page.waitForSelector(".notice.warn").then(() => page)));
    assert.match(await told.locator(".notice.warn").innerText(), /Another window was first/);
    const kinds = (page) => page.evaluate(() => globalThis.goldrule.editor.model.records("citation").map((record) => record.kind).toSorted());
    const first = await kinds(told);
    assert.ok(first[1] === "policy" || first[1] === "statute");
    await told.locator(".notice.warn button", { hasText: "Apply mine" }).click();
    await saved(told);
    const other = first[1] === "policy" ? "statute" : "policy";
    assert.deepEqual((await kinds(told))[1], other);
    await Promise.all([one, two].map((page) => page.waitForFunction((kind) => globalThis.goldrule.editor.model.records("citation").some((record) => record.kind === kind), other)));
    // Somebody writes the file with another program.
    const file = path.join(server.dir, "annotations", "gold", "note.json");
    const set = read(server, "note");
    set.citations.push({ start: 23, end: 27, text: "SB 3", kind: "bill" });
    writeFileSync(file, JSON.stringify(set));
    await Promise.all([count(one, 3), count(two, 3)]);
    one.faults.length = two.faults.length = 0; // Chromium logs the refusal that was wanted.
    await finish(one);
    await finish(two);
  });

  test("what the server did not take while it was away is sent when it is back", async (t) => {
    const server = await edit(t, project(t, { note: "Bill SB 1 and SB 2 are read." }));
    const page = await window(browser, server, "note");
    const annotator = new Annotator(page);
    await page.route("**/entries", (route) => route.abort());
    await annotator.select(5, 9);
    await page.evaluate(() => {
      const { editor } = globalThis.goldrule;
      editor.act("cite", [{ new: { layer: "citation", start: 5, end: 9, kind: "bill" } }], undefined);
    });
    await page.waitForFunction(() => document.getElementById("saved").textContent.includes("waits in this window"));
    await page.unroute("**/entries");
    await page.waitForFunction(() => document.getElementById("saved").textContent === "Saved");
    assert.equal(read(server, "note").citations.length, 1);
    page.faults.length = 0;
    await finish(page);
  });

  test("a step made just before the page goes away is not lost", async (t) => {
    const server = await edit(t, project(t, { note: "Bill SB 1 and SB 2 are read." }));
    const page = await window(browser, server, "note");
    // What the tests ask of every request goes with the page, and a request held for it would go too.
    await page.context().unrouteAll();
    // Gone before the frame behind which it would be sent.
    await page.evaluate(() => {
      const { editor } = globalThis.goldrule;
      editor.act("cite", [{ new: { layer: "citation", start: 5, end: 9, kind: "bill" } }], undefined);
      location.href = "about:blank";
    });
    await page.waitForURL("about:blank");
    const again = await window(browser, server, "note");
    await saved(again);
    // The old page's last message may reach the server behind the new page's first.
    const written = () => existsSync(path.join(server.dir, "annotations", "gold", "note.json"));
    for (let tries = 0; tries < 50 && !written(); tries++) await pause(100);
    assert.equal(read(server, "note").citations.length, 1);
    await finish(again);
    await finish(page);
  });

  test("overlapping and nested records are all drawn and can all be taken in hand", async (t) => {
    const text = "The Troy Police Department follows Troy Order 5 and SB 54 in full, says Troy.";
    const agencies = [{ id: "troy", name: "Troy PD", kind: "police", mentions: [{ start: 4, end: 26, form: "name" }] }];
    const stance = (topic, start, end) => ({ agency: "troy", topic, position: "favor", attribution: "reported", start, end });
    const gold = { agencies, stances: [stance("enforcement", 0, 57), stance("detainers", 4, 65), stance("delegation", 0, 57)], citations: [{ start: 52, end: 57, kind: "bill" }] };
    const server = await edit(t, project(t, { note: text }, { note: gold }));
    const page = await window(browser, server, "note");
    const annotator = new Annotator(page);
    const lanes = await page.evaluate(() => Math.max(...[...document.querySelectorAll("#text .mark")].map((mark) => mark.style.backgroundImage.split("linear-gradient").length - 1)));
    assert.equal(lanes, 4, "mention and three stances below one another");
    const seen = new Set();
    for (let step = 0; step < 5; step++) {
      await annotator.press("n");
      seen.add(await page.evaluate(() => JSON.stringify(globalThis.goldrule.editor.picked)));
    }
    assert.equal(seen.size, 5, "by key");
    const box = await page.evaluate(() => {
      const { left, top, height } = globalThis.goldrule.editor.view.box(12);
      return { x: left + 2, y: top + height / 2 };
    });
    await annotator.press("Escape");
    const clicked = new Set();
    for (let click = 0; click < 4; click++) {
      await page.mouse.click(box.x, box.y);
      clicked.add(await page.evaluate(() => JSON.stringify(globalThis.goldrule.editor.picked)));
    }
    assert.equal(clicked.size, 4, "by mouse");
    await finish(page);
  });

  test("opening a document changes nothing, and a file with errors is shown and left alone", async (t) => {
    const broken = '{"schema_version":1,"document":"note","agencies":[],"stances":[],"citations":[{"text":"SB 9","kind":"bill"}]}';
    const server = await edit(t, project(t, { note: "Bill SB 1 is read." }, { note: broken }));
    const page = await window(browser, server, "note");
    await page.waitForSelector(".notice.warn");
    await page.click("#tab-problems");
    await page.waitForFunction(() => document.getElementById("tab").textContent.includes("quote-not-found"));
    await new Annotator(page).press("c");
    assert.equal(readFileSync(path.join(server.dir, "annotations", "gold", "note.json"), "utf8"), broken);
    assert.ok(!existsSync(path.join(server.dir, "annotations", "gold", ".goldrule", "journal")));
    await finish(page);
  });

  test("mentions are joined to another agency by key and by dragging; boundaries and labels change", async (t) => {
    const text = "Troy police and Elko police. Troy PD said so.";
    const mention = (start, end) => ({ start, end, form: "name" });
    const gold = { agencies: [{ id: "troy", name: "Troy", kind: "police", mentions: [mention(0, 11)] }, { id: "elko", name: "Elko", kind: "police", mentions: [mention(16, 27), mention(29, 33)] }] };
    const server = await edit(t, project(t, { note: text }, { note: gold }));
    const page = await window(browser, server, "note");
    const annotator = new Annotator(page);
    await page.locator(".chip.mention", { hasText: /^Troy$/ }).dragTo(page.locator("li.agency").first());
    await page.waitForFunction(() => globalThis.goldrule.editor.model.mentionsOf("troy").length === 2);
    await annotator.press("n");
    await page.evaluate(() => globalThis.goldrule.editor.show(globalThis.goldrule.editor.model.mentionsOf("troy")[1]));
    await annotator.press("Control+Shift+ArrowRight");
    await annotator.press("Shift+ArrowRight", "Shift+ArrowRight", "b", "f", "n", "j");
    assert.ok((await annotator.options()).length >= 2);
    await annotator.press("Escape");
    await saved(page);
    assert.deepEqual(read(server, "note").agencies[0].mentions.map((one) => one.text), ["Troy police", "Troy PD"]);
    await finish(page);
  });

  test("a conflict is settled when the file's version was taken, and not before", async (t) => {
    const police = (...mentions) => ({ agencies: [{ id: "troy", name: "Troy", kind: "police", mentions }] });
    const mention = (start, end, form) => ({ start, end, form });
    const dir = project(t, { note: "Troy police and Elko police. Troy PD said so." });
    const version = (name, set) => {
      const file = path.join(dir, `${name}.json`);
      writeFileSync(file, JSON.stringify({ schema_version: 1, document: "note", stances: [], citations: [], ...set }));
      return file;
    };
    const server = await edit(t, dir);
    const page = await window(browser, server, "note");
    // A merge while the page is open: the other side changed a mention of an agency that is gone here.
    const versions = [version("base", police(mention(0, 11, "name"))), version("ours", { agencies: [] }), version("theirs", police(mention(0, 11, "nominal")))];
    const gold = path.join(dir, "annotations", "gold", "note.json");
    goldrule(["--quiet", "merge", ...versions, "-o", gold]);
    const sidecar = path.join(dir, "annotations", "gold", "note.conflicts.json");
    const left = () => (existsSync(sidecar) ? JSON.parse(readFileSync(sidecar, "utf8")).conflicts : []);
    const count = left().length;
    assert.ok(count > 0);
    const boxes = page.locator(".notice.conflict", { hasText: "Troy police" });
    await boxes.first().waitFor();
    await boxes.first().getByText("Take the file's").click();
    await page.locator(".notice.warn:not(.conflict)", { hasText: "was not made" }).waitFor();
    await boxes.first().waitFor();
    assert.equal(left().length, count, "the agency is not there, so nothing was taken and nothing settled");
    assert.deepEqual(page.faults.splice(0).map((fault) => /409/.test(fault)), [true]);
    const agency = { layer: "agency", id: "troy", name: "Troy", kind: "police" };
    await page.evaluate((record) => globalThis.goldrule.editor.act("add", [{ new: record }]), agency);
    await boxes.first().getByText("Take the file's").click();
    await page.waitForFunction((rest) => globalThis.goldrule.editor.conflicts.length === rest, count - 1);
    assert.equal(left().length, count - 1);
    await saved(page);
    assert.deepEqual(read(server, "note").agencies[0].mentions.map((one) => one.form), ["nominal"]);
    await finish(page);
  });

  test("a problem leads to its record, and an agency gets another id with all that speaks of it", async (t) => {
    const mention = (start, end) => ({ start, end, form: "name" });
    const stance = { agency: "troy", topic: "detainers", position: "against", attribution: "own", start: 0, end: 27 };
    const gold = { agencies: [{ id: "troy", name: "Troy", kind: "police", mentions: [mention(0, 11), mention(5, 11), mention(29, 36)] }], stances: [stance] };
    const server = await edit(t, project(t, { note: "Troy police and Elko police. Troy PD said so." }, { note: gold }));
    const page = await window(browser, server, "note");
    await page.click("#tab-problems");
    await page.locator(".problem button", { hasText: "overlap" }).first().click();
    const picked = () => page.evaluate(() => globalThis.goldrule.editor.picked);
    assert.ok([0, 5].includes((await picked()).start), JSON.stringify(await picked()));
    const annotator = new Annotator(page);
    await annotator.press("Delete");
    await page.evaluate(() => globalThis.goldrule.editor.show(globalThis.goldrule.editor.model.mentionsOf("troy")[1]));
    const field = page.getByLabel("id of the agency");
    await field.fill("Troy PD");
    await field.press("Enter");
    assert.match(await page.locator("#hints").textContent(), /no id/);
    await field.fill("troy-pd");
    await field.press("Enter");
    assert.equal((await picked()).agency, "troy-pd");
    await saved(page);
    const { agencies, stances } = read(server, "note");
    assert.deepEqual(agencies.map(({ id, mentions }) => [id, mentions.length]), [["troy-pd", 2]]);
    assert.equal(stances[0].agency, "troy-pd");
    await annotator.press("u");
    await saved(page);
    assert.deepEqual(read(server, "note").agencies.map(({ id, mentions }) => [id, mentions.length]), [["troy", 2]]);
    await finish(page);
  });

  test("what rules find in a document that measures them is withheld, and the page says why", async (t) => {
    const dir = project(t, { note: "Troy police follow SB 54." });
    writeFileSync(path.join(dir, "corpus", "manifest.csv"), "document,split\nnote,validation\n");
    const server = await edit(t, dir);
    const page = await window(browser, server, "note");
    await new Annotator(page).press("g");
    await page.waitForFunction(() => /Withheld: .*validation/.test(document.getElementById("hints").textContent));
    assert.equal(await page.evaluate(() => globalThis.goldrule.editor.model.meta.assisted), undefined);
    await page.click("#tab-scores");
    await page.waitForFunction(() => /Withheld: .*validation/.test(document.getElementById("tab").textContent));
    assert.deepEqual(page.faults.splice(0).map((fault) => /403/.test(fault)), [true, true]);
    await finish(page);
  });

  test("a journal that does not fit is set aside, and the page says where it is", async (t) => {
    const dir = project(t, { note: "Bill SB 1 is read." });
    const folder = path.join(dir, "annotations", "gold", ".goldrule", "journal");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "note.jsonl"), "no journal\n");
    const page = await window(browser, await edit(t, dir), "note");
    await page.locator(".notice.warn", { hasText: path.join(folder, "note.1.aside") }).waitFor();
    assert.equal(readFileSync(path.join(folder, "note.1.aside"), "utf8"), "no journal\n");
    await finish(page);
  });

  test("the page is accessible, in light and in dark, and in every mode", async (t) => {
    const name = "bucks-sheriff-ends-ice-agreement";
    const { dir } = shipped(t, name);
    const server = await edit(t, dir);
    for (const colorScheme of ["light", "dark"]) {
      const page = await window(browser, server, name, { colorScheme, viewport: { width: 1360, height: 850 } });
      const annotator = new Annotator(page);
      await accessible(page);
      await annotator.press("g");
      await page.waitForFunction(() => globalThis.goldrule.editor.suggestions.waiting?.length >= 0);
      await accessible(page);
      await annotator.press("n", "y", "n");
      await page.waitForTimeout(200);
      await accessible(page);
      await annotator.press("g", ".", "s");
      await accessible(page);
      await annotator.press("Escape", "m");
      await page.waitForFunction(() => globalThis.goldrule.editor.adjudication.shown);
      await accessible(page);
      await annotator.press("m", "?");
      await accessible(page);
      await annotator.press("Escape");
      for (const tab of ["records", "problems", "scores"]) {
        await page.click(`#tab-${tab}`);
        await page.waitForTimeout(300);
        await accessible(page);
      }
      await finish(page);
    }
  });
});

test("pictures of the page", { skip: !process.env.PICTURES && "set PICTURES=1 to take them" }, async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const name = "puerto-ceniza-police-leave-port-task-force";
  const other = "bucks-sheriff-ends-ice-agreement";
  const viewport = { width: 1240, height: 720 };
  const { dir, gold } = shipped(t, name);
  // A few neighbours for the list of documents, none of them of a split that is not for looking at.
  const [head, ...rows] = readFileSync(path.join(root, "corpus", "manifest.csv"), "utf8").trim().split("\n");
  const texts = (row) => path.join(root, "corpus", `${row.split(",")[0]}.txt`);
  const dev = rows.filter((row) => row.includes(",dev,") && existsSync(texts(row)));
  const kept = dev.filter((row, at) => at < 6 || row.startsWith(name) || row.startsWith(other));
  writeFileSync(path.join(dir, "corpus", "manifest.csv"), [head, ...kept].join("\n"));
  for (const row of kept) {
    const id = row.split(",")[0];
    cpSync(texts(row), path.join(dir, "corpus", `${id}.txt`));
    if (id !== name && id !== other) cpSync(path.join(root, "annotations", "gold", `${id}.json`), path.join(dir, "annotations", "gold", `${id}.json`));
    for (const part of ["annotator-a", "annotator-b"]) cpSync(path.join(root, "annotations", part, `${id}.json`), path.join(dir, "annotations", part, `${id}.json`));
  }
  const server = await edit(t, dir);
  const text = readFileSync(path.join(dir, "corpus", `${name}.txt`), "utf8");
  let page = await window(browser, server, name, { viewport });
  await new Annotator(page).write(gold, text);
  const show = (find) =>
    page.evaluate((find) => {
      const { editor } = globalThis.goldrule;
      const records = editor.model.placed().filter((record) => record.layer === find.layer);
      editor.show(records[find.at]);
    }, find);
  await show({ layer: "stance", at: 1 });
  await page.waitForTimeout(800);
  await picture(page, "edit-annotating");
  await finish(page);
  page = await window(browser, server, name, { viewport, colorScheme: "dark" });
  await show({ layer: "mention", at: 0 });
  await page.waitForTimeout(800);
  await picture(page, "edit-dark");
  await finish(page);
  page = await window(browser, server, other, { viewport });
  const annotator = new Annotator(page);
  await annotator.press("g");
  await page.waitForFunction(() => globalThis.goldrule.editor.suggestions.waiting?.length > 0);
  await page.evaluate(() => {
    const { editor } = globalThis.goldrule;
    editor.suggestions.take(editor.suggestions.waiting.slice(0, 4));
    const stance = editor.suggestions.waiting.find((one) => one.layer === "stance");
    editor.chosen = stance;
    editor.show(stance);
  });
  await page.waitForFunction(() => document.querySelector("#prompt .why")?.children.length > 6);
  await page.waitForTimeout(800);
  await picture(page, "edit-suggestions");
  await annotator.press("g", "m");
  await page.waitForFunction(() => globalThis.goldrule.editor.adjudication.shown);
  await annotator.press("Shift+A");
  await page.evaluate(() => {
    const { adjudication } = globalThis.goldrule.editor;
    const at = adjudication.pairs.findIndex(({ a, b, agreed }) => !agreed && a && b && a.layer === "stance");
    if (at >= 0) adjudication.at = at - 1;
    adjudication.next(1, false);
  });
  await page.waitForTimeout(800);
  await picture(page, "edit-adjudication");
  await finish(page);
});
