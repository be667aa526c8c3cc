// A small project for the tests: what matters of a corpus in five documents.

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";

/** A text with everything that could become markup, and with characters of two UTF-16 units. */
export const HOSTILE = [
  "👮 Harbor police do not ask about status. </script><script>document.title='taken'</script>",
  "<!-- <script> --> <img src=https://example.org/x.png onerror=\"document.title='taken'\"> The department follows SB 54.",
  "مرحبا بالعالم &lt;b&gt; HPD & nobody else.",
  "",
  "Harbor police hold nobody for ICE without a warrant, 🚓 said the chief.",
].join("\r\n");

const RIDGE = "Ridge deputies hold nobody for ICE.\nThe sheriff's office of Ridge County follows 8 U.S.C. § 1373.";
const QUIET = "Quiet police ask about status, say Quiet officers. SB 4 is the law.";
const HIDDEN = "Secret police follow SB 9 in secrecy.";

/** Records of one document, their offsets counted in code points. */
class Annotations {
  constructor(document, text, meta = undefined) {
    this.set = { schema_version: 1, document, ...(meta && { meta }), agencies: [], stances: [], citations: [] };
    this.text = text;
  }

  place(quote) {
    const at = this.text.indexOf(quote);
    if (at < 0) throw new Error(`${quote} is not in the text`);
    const start = [...this.text.slice(0, at)].length;
    const span = { start, end: start + [...quote].length };
    return this.set.meta?.quotes === "withheld" ? span : { text: quote, ...span };
  }

  agency(id, kind, ...mentions) {
    const records = mentions.map(([quote, form]) => ({ ...this.place(quote), form, rule: `agency.${form}` }));
    this.set.agencies.push({ id, name: `Agency ${id}`, kind, mentions: records });
    return this;
  }

  stance(agency, topic, position, quote) {
    this.set.stances.push({ agency, topic, position, attribution: "own", ...this.place(quote), rule: `stance.${topic}` });
    return this;
  }

  citation(kind, canonical, quote) {
    this.set.citations.push({ ...this.place(quote), kind, canonical, rule: `citation.${kind}` });
    return this;
  }
}

/** Writes the project to a folder: corpus, gold, two annotators, and predictions in `found` and `found-2`. */
export function writeProject(dir) {
  const write = (name, text) => {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), text);
  };
  const sha = createHash("sha256").update(HIDDEN).digest("hex");
  write("corpus/manifest.csv", `document,split,sha256\nharbor,dev,\nridge,dev,\nquiet,validation,\nhidden,dev,${sha}\n`);
  write("corpus/harbor.txt", HOSTILE);
  write("corpus/ridge.txt", RIDGE);
  write("corpus/quiet.txt", QUIET);
  write("texts/hidden.txt", HIDDEN);
  const harbor = ({ form = "nominal", position = "against", quote = "Harbor police hold nobody for ICE without a warrant" }) =>
    new Annotations("harbor", HOSTILE)
      .agency("harbor-pd", "police", ["Harbor police", "name"], ["department", form], ["HPD", "acronym"])
      .agency("ice", "federal", ["ICE", "acronym"])
      .stance("harbor-pd", "status_inquiry", position, "Harbor police do not ask about status")
      .stance("harbor-pd", "detainers", "conditional", quote)
      .citation("bill", "/us-ca/bill/sb/54", "SB 54");
  const ridge = ({ section = "8 U.S.C. § 1373", kind = "sheriff" }) =>
    new Annotations("ridge", RIDGE)
      .agency("ridge-so", kind, ["sheriff's office of Ridge County", "name"])
      .citation("statute", "/us/usc/t8/s1373", section);
  const quiet = () => new Annotations("quiet", QUIET).agency("quiet-pd", "police", ["Quiet police", "name"]);
  const hidden = (quote) => {
    const found = new Annotations("hidden", HIDDEN, { text_sha256: sha, quotes: "withheld" });
    return found.agency("secret-pd", "police", [quote, "name"]).citation("bill", "/us-ca/bill/sb/9", "SB 9");
  };
  const wrong = { form: "name", position: "favor", quote: "nobody for ICE without a warrant", section: "1373", kind: "police" };
  for (const [folder, how, secret] of [
    ["annotations/gold", {}, "Secret police"],
    ["annotations/annotator-a", {}, "Secret police"],
    ["annotations/annotator-b", { form: "name", section: "1373" }, "Secret police"],
    ["found", wrong, "Secret"],
    ["found-2", { ...wrong, position: "against" }, "Secret police"],
  ]) {
    for (const annotations of [harbor(how), ridge(how), quiet(), hidden(secret)]) {
      write(`${folder}/${annotations.set.document}.json`, JSON.stringify(annotations.set));
    }
  }
}
