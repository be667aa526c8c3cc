#!/usr/bin/env python3
"""Write the tables of reporters, journals, registers, session laws and courts.

Run from any directory with the PyPI packages `reporters-db` (3.2.67 was used) and `courts-db` (0.10.27)
importable:

    python3 -m venv VENV && VENV/bin/pip install reporters-db==3.2.67 courts-db==0.10.27
    VENV/bin/python crates/extractor/scripts/citations/make_tables.py

The output depends on the versions of the packages alone, so that a second run leaves no diff.
"""

import re
from pathlib import Path

import courts_db
import reporters_db

OUT = Path(__file__).resolve().parents[2] / "data" / "citations"

NAMES = """Alabama al Alaska ak Arizona az Arkansas ar California ca Colorado co Connecticut ct Delaware de
Florida fl Georgia ga Hawaii hi Idaho id Illinois il Indiana in Iowa ia Kansas ks Kentucky ky Louisiana la
Maine me Maryland md Massachusetts ma Michigan mi Minnesota mn Mississippi ms Missouri mo Montana mt
Nebraska ne Nevada nv New-Hampshire nh New-Jersey nj New-Mexico nm New-York ny North-Carolina nc
North-Dakota nd Ohio oh Oklahoma ok Oregon or Pennsylvania pa Rhode-Island ri South-Carolina sc
South-Dakota sd Tennessee tn Texas tx Utah ut Vermont vt Virginia va Washington wa West-Virginia wv
Wisconsin wi Wyoming wy District-of-Columbia dc Washington-D.C. dc Puerto-Rico pr Guam gu Virgin-Islands vi
U.S.-Virgin-Islands vi American-Samoa as Northern-Mariana-Islands mp""".split()
STATES = {name.replace("-", " "): code for name, code in zip(NAMES[::2], NAMES[1::2])}
CODES = set(STATES.values())

# Spellings that the packages lack: (spelling, canonical spelling, sort, scope).
OWN = [
    ("I&N Dec.", "I. & N. Dec.", "case", "us"),
    ("I. & N. Dec.", "I. & N. Dec.", "case", "us"),
    ("WL", "WL", "wl", "us"),
    ("Westlaw", "WL", "wl", "us"),
    ("F. App'x", "F. App'x", "case", "us"),
    ("Fed. App'x", "F. App'x", "case", "us"),
    ("Fed. Appx.", "F. App'x", "case", "us"),
    ("Wn.2d", "Wash. 2d", "case", "wa"),
    ("Wn. App. 2d", "Wash. App. 2d", "case", "wa"),
    ("CO App", "COA", "neutral", "co"),
    ("Fed. Register", "Fed. Reg.", "register", "us"),
    ("Federal Register", "Fed. Reg.", "register", "us"),
    ("Fed. Reg.", "Fed. Reg.", "register", "us"),
    ("FR", "FR", "register", "us"),
    ("Stat.", "Stat.", "stat", "us"),
    ("Wash.", "Wash.", "case", "wa"),
    ("Wash. 2d", "Wash. 2d", "case", "wa"),
    ("PA Super", "PA Super", "neutral", "pa"),
    ("Pa. Super", "Pa. Super.", "case", "pa"),
    ("ND", "ND", "neutral", "nd"),
    ("SD", "SD", "neutral", "sd"),
    ("S.D.", "S.D.", "case", "sd"),
    ("N.D.", "N.D.", "case", "nd"),
    ("NH", "NH", "neutral", "nh"),
    ("NCCOA", "NCCOA", "neutral", "nc"),
    ("NCSC", "NCSC", "neutral", "nc"),
    ("DNH", "DNH", "neutral", "us"),
    ("Guam", "Guam", "neutral", "gu"),
    ("MP", "MP", "neutral", "mp"),
    ("Wash. Laws", "Wash. Sess. Laws", "session", "wa"),
    ("Ala. Acts", "Ala. Acts", "session", "al"),
    ("Cong. Rec.", "Cong. Rec.", "secondary", "us"),
    ("Op. Att'y Gen.", "Op. Att'y Gen.", "opinion", "us"),
    ("Ops. Att'y Gen.", "Op. Att'y Gen.", "opinion", "us"),
    ("Op. O.L.C.", "Op. O.L.C.", "opinion", "us"),
    ("Ops. Cal. Atty. Gen.", "Ops. Cal. Atty. Gen.", "opinion", "ca"),
]

# Abbreviations that ordinary prose puts between two numbers; they name nothing on this subject.
DROPPED = {"USC", "CFR", "Registration", "N", "S", "E", "W", "O", "I", "St", "Mar", "Sept",
           "Penn", "Wy", "Wa", "Col", "Min", "Mon", "Mart", "Hard", "South", "Pacific", "At", "Johnson"}


def key(spelling):
    """Letters and digits alone, which is what the matcher compares."""
    return re.sub(r"[^A-Za-z0-9]", "", spelling)


def slug(spelling):
    return key(spelling).lower()


def weak(spelling):
    """Whether prose may well have the spelling between two numbers: one word, or two initials."""
    words = re.findall(r"[A-Za-z]+", spelling)
    if re.search(r"\d", spelling):
        return False
    return len(words) <= 1 or len(words) == 2 and all(len(word) == 1 for word in words)


def jurisdiction(entry):
    """Whose courts a reporter reports: `us`, a state, or `?` where several states share it."""
    places = [re.match(r"us:([a-z]{2})\b", place) for place in entry["mlz_jurisdiction"]]
    states = [place[1] for place in places if place and place[1] in CODES]
    sort = entry["cite_type"]
    if sort == "state_regional":
        return "?"
    if sort in ("federal", "scotus_early"):
        return "us"
    if not states:
        return "us"
    # The first is the reporter's own court; others only adopted it.
    first = entry["mlz_jurisdiction"][0]
    own = re.match(r"us:([a-z]{2})\b", first)
    return own[1] if own and own[1] in CODES else ("us" if sort.startswith("specialty") else states[0])


def reporters():
    for entries in reporters_db.REPORTERS.values():
        for entry in entries:
            sort = entry["cite_type"]
            kind = "neutral" if sort == "neutral" else "lexis" if sort == "specialty_lexis" else "case"
            scope = jurisdiction(entry)
            for edition in entry["editions"]:
                yield 0, edition, edition, kind, scope
            for variation, edition in entry["variations"].items():
                yield 1, variation, edition, kind, scope


def laws():
    sorts = {"leg_session": "session", "admin_register": "register"}
    for name, entries in reporters_db.LAWS.items():
        for entry in entries:
            sort = sorts.get(entry["cite_type"])
            scope = "us" if entry["jurisdiction"] == "United States" else STATES.get(entry["jurisdiction"])
            if sort and scope and any("$reporter" in r for r in entry["regexes"]):
                for spelling in [name, *entry["variations"]]:
                    yield 2, spelling, name, sort, scope


def journals():
    for name, entries in reporters_db.JOURNALS.items():
        for spelling in [name, *(v for entry in entries for v in entry["variations"])]:
            yield 3, spelling, name, "secondary", "us"


def volumes():
    """One row for each key; where several claim it, an own spelling wins over a variation."""
    rows = {}
    own = [(-1, *row) for row in OWN]
    for rank, spelling, canonical, sort, scope in [*own, *reporters(), *laws(), *journals()]:
        name = key(spelling)
        if name in DROPPED or not name[:1].isalpha() or not name[:1].isupper() or len(name) > 30:
            continue
        row = (rank, slug(canonical), sort, scope, "weak" if weak(spelling) else "strong")
        old = rows.get(name)
        if old is None or old[0] > rank:
            rows[name] = row
        elif old[0] == rank and {old[2], sort} == {"case", "neutral"} and old[3] == scope:
            # The volume tells which it is: a year means the court's own numbering.
            rows[name] = (rank, slug(name), "case", scope, "weak")
        elif old[0] == rank and old[2] == sort == "case" and old[3] != scope:
            rows[name] = (*old[:3], "?", old[4])
    rows = {name: row for name, row in rows.items() if not (row[2] == "secondary" and row[4] == "weak")}
    return [(name, *row[1:]) for name, row in sorted(rows.items())]


def courts():
    rows = {}
    for court in courts_db.courts:
        name = key(court["citation_string"])
        state = STATES.get(court["location"])
        scope = "us" if court["system"] == "federal" else state
        if name and scope and not (len(name) <= 2 and scope == "us"):
            rows.setdefault(name, scope)
    return sorted(rows.items())


def write(path, rows):
    lines = ["\t".join(row) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


OUT.mkdir(parents=True, exist_ok=True)
write(OUT / "volumes.tsv", volumes())
write(OUT / "courts.tsv", courts())
