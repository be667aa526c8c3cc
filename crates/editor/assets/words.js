// The closed lists of the guidelines with a key for each word, and how text falls into words and sentences.

export const KEYS = {
  kind: { police: "p", sheriff: "s", state_police: "t", federal: "f", prosecutor: "r", corrections: "c", government: "g", association: "a", other: "o" },
  form: { name: "n", acronym: "a", nominal: "o", title: "t" },
  topic: { enforcement: "e", status_inquiry: "q", detainers: "d", information_sharing: "i", custody_access: "c", delegation: "g", criminal_cooperation: "r", equal_service: "s" },
  position: { favor: "f", against: "a", conditional: "c", noncommittal: "n" },
  attribution: { own: "o", reported: "r", third_party: "t" },
  citation: { statute: "s", named_act: "a", bill: "b", public_law: "p", session_law: "l", regulation: "r", executive_order: "e", case: "c", constitution: "k", ordinance: "o", policy: "y", treaty: "t", secondary: "2" },
};

export const SECTIONS = { kind: 1, form: 1, topic: 2, position: 2, attribution: 2, citation: 3 };

export const human = (word) => word.replaceAll("_", " ");

const OPENING = /^[("“‘'[{<«¡¿]+/u;
const CLOSING = /[.,;:!?)"”’'\]}>»…]+$/u;

/** Words of a stretch of text as [start, end] in units: no quotation marks or stops at their ends, "'s" apart. */
export function words(text) {
  const found = [];
  for (const match of text.matchAll(/[^\s\u2014\u2013\u00a0]+/gu)) {
    let [start, end] = [match.index, match.index + match[0].length];
    const opening = OPENING.exec(match[0]);
    if (opening && opening[0].length < match[0].length) start += opening[0].length;
    let body = text.slice(start, end);
    const closing = CLOSING.exec(body);
    if (closing && closing.index > 0) {
      let keep = closing.index;
      // "U.S.C." keeps its stop, "287(g)" its bracket.
      if (closing[0][0] === "." && body.slice(0, keep).includes(".")) keep++;
      while (body[keep] === ")" && body.slice(0, keep).split("(").length > body.slice(0, keep).split(")").length) keep++;
      end = start + keep;
    }
    body = text.slice(start, end);
    const own = /['’]s$/u.exec(body);
    if (own && own.index > 0) found.push([start, start + own.index], [start + own.index, end]);
    else if (end > start) found.push([start, end]);
  }
  return found;
}

const SHORT = /(?:^|[\s("“])(?:[A-Z]|St|Mt|Ft|Mr|Mrs|Ms|Dr|Sgt|Lt|Capt|Col|Maj|Cpl|Gov|Sen|Rep|Atty|Gen|Supt|Dept|No|Nos|Sec|Art|Inc|Co|Corp|Jr|Sr|Rev|Stat|Pub|L|v|vs|cf|Cal|Calif|Wash|Ore|Fla|Tex|Ill|Mass|Conn|Minn|Wis|Mich|Ariz|Colo|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|(?:[A-Z]\.)+[A-Z])$/u;

/** The sentence around a unit of a line, [start, end], without its closing full stop and outer quotation marks. */
export function sentence(line, at) {
  let start = 0;
  for (const match of line.matchAll(/[.?!]+["”’)\]]*\s+/gu)) {
    const end = match.index + match[0].trimEnd().length;
    const next = line.slice(match.index + match[0].length, match.index + match[0].length + 2);
    const stop = match[0][0] === "." && SHORT.test(line.slice(0, match.index));
    if (stop || /^[a-z]/u.test(next)) continue;
    if (at < match.index + match[0].length) return trim(line, start, end);
    start = match.index + match[0].length;
  }
  return trim(line, start, line.length);
}

function trim(line, start, end) {
  while (start < end && /[\s•*–—-]/u.test(line[start])) start++;
  while (start < end && /\s/u.test(line[end - 1])) end--;
  const body = () => line.slice(start, end);
  if (/^["“]/u.test(body()) && !/["”]./u.test(body().slice(1)) ) start++;
  if (/["”]$/u.test(body()) && !/["“]/u.test(body())) end--;
  while (start < end && /[.,;:]$/u.test(body()) && !/\.[A-Z]\.$/u.test(body())) end--;
  return [start, end];
}
