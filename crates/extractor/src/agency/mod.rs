//! shim
#![allow(missing_docs)]
use crate::State;
use crate::segment::Segmented;
use goldrule_schema::{AgencyKind, ByteSpan, Form};
#[derive(Clone, Debug)]
pub struct Mention {
    pub span: ByteSpan,
    pub agency: usize,
    pub form: Form,
    pub rule: &'static str,
    pub provisional: bool,
}
#[derive(Clone, Debug)]
pub struct FoundAgency {
    pub id: String,
    pub name: String,
    pub kind: AgencyKind,
    pub state: Option<State>,
    pub jurisdiction: Option<String>,
    pub provisional: bool,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Head,
    Spokesperson,
    Outsider,
}
#[derive(Clone, Debug)]
pub struct Person {
    pub surname: String,
    pub span: ByteSpan,
    pub agency: Option<usize>,
    pub role: Role,
}
#[derive(Clone, Debug, Default)]
pub struct Agencies {
    pub agencies: Vec<FoundAgency>,
    pub mentions: Vec<Mention>,
    pub persons: Vec<Person>,
    pub states: Vec<(State, u32)>,
}
pub fn find(_segmented: &Segmented<'_>, _evidence: &[(State, u32)]) -> Agencies {
    Agencies::default()
}
impl Agencies {
    pub fn person_agency(&self, surname: &str, before: u32) -> Option<usize> {
        self.persons.iter().rev().find(|p| p.surname == surname && p.span.start <= before)?.agency
    }
    pub fn focus_at(&self, byte: u32, kind: Option<AgencyKind>) -> Option<usize> {
        self.mentions
            .iter()
            .rev()
            .find(|m| {
                (kind.is_some() || self.agencies[m.agency].kind != AgencyKind::Federal)
                    && m.span.start <= byte
                    && kind.is_none_or(|k| self.agencies[m.agency].kind == k)
            })
            .map(|m| m.agency)
    }
}
