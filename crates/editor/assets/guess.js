// What can be filled in for the annotator: only from the selected characters and from records already made.

const FUNCTION = new Set(["the", "a", "an", "of", "and", "for", "to", "in", "on", "at"]);

/** A slug for an agency that no other has. */
export function slug(name, taken) {
  const short = name
    .replace(/Police Department|police department/u, "PD")
    .replace(/Sheriff['’]s (Office|Department)/u, "Sheriff");
  const plain = short.normalize("NFD").replace(/[\u0300-\u036f'’.]/gu, "").toLowerCase();
  const base = plain.replace(/[^a-z0-9]+/gu, "-").replace(/^-+|-+$/gu, "") || "agency";
  let id = base;
  for (let number = 2; taken(id); number++) id = `${base}-${number}`;
  return id;
}

/** The form that a mention of these characters most likely has. */
export function form(text) {
  if (/^[A-Z][A-Z&.]+$/u.test(text)) return "acronym";
  if (/(Sheriff|Governor|Mayor|Attorney General|Attorney|Prosecutor)$/u.test(text) && / /u.test(text)) return "title";
  if (text === text.toLowerCase()) return "nominal";
  if (/^(Police|Sheriff['’]s)? ?(Department|Office|Agency|City|County|State|Council|Commission)$/u.test(text)) return "nominal";
  return "name";
}

/** The kind that an agency of this name most likely has. */
export function kind(text) {
  const tests = [
    [/association|union|federation|league/iu, "association"],
    [/state police|highway patrol|state patrol/iu, "state_police"],
    [/U\.S\.|^ICE$|^DHS$|^DOJ$|^FBI$|^CBP$|^ERO$|^HSI$|homeland security|immigration and customs|justice department|border patrol/iu, "federal"],
    [/sheriff/iu, "sheriff"],
    [/police|\bPD\b|[A-Z]PD$/u, "police"],
    [/attorney|prosecutor/iu, "prosecutor"],
    [/jail|prison|correction/iu, "corrections"],
    [/council|board|county|city|state|mayor|governor|legislature|commission|senate|town|village/iu, "government"],
  ];
  return tests.find(([test]) => test.test(text))?.[1] ?? "police";
}

const parts = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word && !FUNCTION.has(word));

/** How likely these characters name this agency. */
function likeness(text, agency, quotes) {
  let score = 0;
  const known = [agency.name, ...quotes];
  if (known.some((one) => one.toLowerCase() === text.toLowerCase())) score += 100;
  const initials = agency.name.split(/[\s-]+/u).filter((word) => /^[A-Z]/u.test(word)).map((word) => word[0]).join("");
  if (/^[A-Z.&]+$/u.test(text) && initials === text.replace(/[.&]/gu, "")) score += 80;
  const words = parts(text);
  const mine = new Set(known.flatMap(parts));
  score += (40 * words.filter((word) => mine.has(word)).length) / (words.length || 1);
  return score;
}

/** The agencies, most likely first: by their names, then by how near before the place they were named. */
export function ranked(model, text, start) {
  const rows = model.agencies().map((agency) => {
    const mentions = model.mentionsOf(agency.id);
    const quotes = [...new Set(mentions.map((mention) => model.quote(mention)))];
    const before = mentions.filter((mention) => mention.start <= start).map((mention) => mention.start);
    const nearest = before.length ? Math.max(...before) : -1;
    return { agency, score: text === undefined ? 0 : likeness(text, agency, quotes), nearest };
  });
  return rows.sort((a, b) => b.score - a.score || b.nearest - a.nearest).map((row) => row.agency);
}

/** The agencies as holders of a stance at a place: those named inside it first, then those named nearest before. */
export function holders(model, start, end) {
  const rows = model.agencies().map((agency) => {
    const starts = model.mentionsOf(agency.id).map((mention) => mention.start);
    const inside = starts.some((at) => at >= start && at < end);
    const before = starts.filter((at) => at < start);
    return { agency, inside, nearest: before.length ? Math.max(...before) : -1 };
  });
  const order = (a, b) => Number(b.inside) - Number(a.inside) || b.nearest - a.nearest;
  return rows.sort(order).map((row) => row.agency);
}
