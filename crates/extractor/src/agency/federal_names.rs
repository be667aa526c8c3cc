//! Names and titles of federal bodies, and of those of states that look like them: "the state Department of Justice".

use goldrule_schema::Form;

use super::heads::Body;
use super::place::Place;
use super::scan::{Candidate, Read, Scanner, Who};

impl Scanner<'_, '_> {
    /// The federal body whose name or title begins at a token, and what looks like one and is a state's.
    pub(super) fn federal(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        if let Some((end, index)) = self.layer.federal_titles.at(self.tokens, at, limit) {
            let office = self.is_possessive_at(end) && self.is_word(end + 1, "office");
            let who = Who::Federal(index);
            if self.is_former(at, floor) {
                return Some(Read::Skip(end));
            }
            return (!office)
                .then(|| Candidate::new((at, end), Form::Title, "agency.federal.title", who).into());
        }
        if let Some((end, title)) = self.layer.us_attorney.at(self.tokens, at, limit) {
            let form = if title { Form::Title } else { Form::Name };
            let who = Who::Federal(self.layer.us_attorney_index);
            let end = if title { end } else { self.district_behind(end, limit) };
            return Some(Candidate::new((at, end), form, "agency.federal.attorney", who).into());
        }
        let Some((end, index)) = self.layer.federal.at(self.tokens, at, limit) else {
            return self.colloquial(at, floor);
        };
        // "homeland security" in small letters is the subject, not the department.
        let patrol = self.is_word(end - 1, "patrol")
            && at > floor
            && !self.is_word(end, "of")
            && self.is_any(at - 1, &["the", "at", "with", "by", "to", "from", "call", "called"]);
        if !patrol && !self.tokens[at].is_capital() && !self.tokens[end - 1].is_capital() {
            return Some(Read::Skip(end));
        }
        // "the federal Immigration and Customs Enforcement agency"
        let small = self.is_any(end - 1, &["agency", "division"]) && !self.tokens[end - 1].is_capital();
        let end = end - usize::from(small);
        // "a Homeland Security grant" is money, "the Homeland Security Committee" Congress's.
        if self.is_any(end, &["grant", "grants", "committee", "subcommittee", "act"]) {
            return Some(Read::Skip(end));
        }
        if self.is_word(at, "state") && (!self.tokens[at].is_capital() || self.is_word(end, "of")) {
            return None;
        }
        let mut first = at;
        while first > floor && self.close(first - 1) {
            let before = self.tokens[first - 1];
            if ["U.S.", "US", "Federal"].contains(&before.text(self.text)) {
                first -= 1;
            } else if first >= floor + 2
                && (before.is(self.text, "states") && before.is_capital()
                    || before.text(self.text) == "S." && self.is_word(first - 2, "u."))
            {
                first -= 2;
            } else {
                // "the state Department of Justice"
                let small = before.is(self.text, "state") && !before.is_capital();
                if small && self.tokens[at].is(self.text, "department") && self.is_word(at + 1, "of") {
                    return Some(self.department_of_text(first - 1, end));
                }
                // "California Department of Justice" is another body.
                if self.tokens[at].is(self.text, "department")
                    && let Some(place) =
                        self.place_before(at, floor, None).filter(|place| place.state.is_some())
                {
                    return Some(self.state_department(place, at, end));
                }
                break;
            }
        }
        let who = Who::Federal(index);
        Some(Candidate::new((first, end), Form::Name, "agency.federal.name", who).into())
    }

    /// "Homeland says", "they called Immigration": what people call the department and its agency.
    fn colloquial(&self, at: usize, floor: usize) -> Option<Read> {
        const SHORT: &[(&str, &str)] = &[("Homeland", "DHS"), ("Immigration", "ICE")];
        const BEFORE: &[&str] =
            &["to", "from", "by", "for", "with", "call", "calls", "called", "calling", "tell"];
        let (word, letters) = SHORT.iter().find(|(word, _)| *word == self.tokens[at].text(self.text))?;
        let before = at.checked_sub(1).filter(|before| *before >= floor);
        let inside =
            before.is_some_and(|before| !self.tokens[before].is_capital() && self.tokens[before].is_word());
        let acts = self.acts(at + 1) || self.is_third_person(at + 1);
        let stands = inside
            && before.is_some_and(|before| self.is_any(before, BEFORE))
            && self.is_any(at + 1, &[".", ",", "?"]);
        let meant = acts && *word == "Homeland" || stands;
        let index = *self.layer.acronyms.get(*letters)?;
        (meant && !self.is_headline(at)).then(|| {
            Candidate::new((at, at + 1), Form::Name, "agency.federal.name", Who::Federal(index)).into()
        })
    }

    /// The end of "for the Northern District of Ohio".
    fn district_behind(&self, end: usize, limit: usize) -> usize {
        if !self.is_any(end, &["for", "in"]) || !self.is_word(end + 1, "the") {
            return end;
        }
        let compass = usize::from(
            self.is_any(end + 2, &["northern", "southern", "eastern", "western", "middle", "central"]),
        );
        let district = end + 2 + compass;
        if !self.is_word(district, "district") || district >= limit {
            return end;
        }
        if !self.is_word(district + 1, "of") || district + 2 >= limit {
            return if compass > 0 { district + 1 } else { end };
        }
        self.layer.states.at(self.tokens, district + 2, limit).map_or(end, |(end, _)| end)
    }

    /// "the state Department of Justice": that of the state which the text is about.
    fn department_of_text(&self, first: usize, end: usize) -> Read {
        let who = if self.is_word(end - 1, "justice") {
            Who::Noun(&[Body::AttorneyGeneral])
        } else {
            Who::Local { body: Body::Other, place: None, words: self.lower(first + 1, end) }
        };
        Candidate::new((first, end), Form::Nominal, "agency.nominal.phrase", who).into()
    }

    /// "Oregon Department of Justice" is its attorney general's.
    fn state_department(&self, place: Place, at: usize, end: usize) -> Read {
        if !self.is_word(end - 1, "justice") {
            return Read::Skip(end);
        }
        let words = self.text[self.bytes(at, end)].to_lowercase();
        let tokens = (place.first, end);
        let who = Who::Local { body: Body::AttorneyGeneral, place: Some(place), words };
        Candidate::new(tokens, Form::Name, "agency.name", who).into()
    }
}
