//! The words that stand for an agency without naming it, or for nobody.

use goldrule_schema::AgencyKind;

use super::clause::ids;
use super::spans::Grammar;
use crate::token::{Shape, Token, Vocabulary, WordId};

/// What the first telling word of a clause says about its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Deputies,
    Officers,
    FirstPerson,
    Person,
    Thing,
    Members,
    Both,
    /// "cities", "agencies": nobody in particular.
    Anyone,
    /// A law, a court, advocates: no agency.
    Outsider,
    /// A policy or an order of the agency in focus.
    Policy,
    /// An ordinance, of the government in focus.
    Ordinance,
}

/// Words that stand for an agency without naming it, or for nobody.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) classes: Vec<(Class, Vec<WordId>)>,
    pub(super) members: Vec<(WordId, &'static [&'static str])>,
    pub(super) joins: Vec<WordId>,
    /// "they", "their".
    pub(super) plural: [WordId; 2],
    pub(super) grammar: Grammar,
    pub(super) by: WordId,
    /// What stands before the agency at which something is done, or from which it comes.
    pub(super) places: Vec<WordId>,
    pub(super) general: Vec<WordId>,
    /// "sued", "accused": what follows is told of their object.
    pub(super) accusing: Vec<WordId>,
    /// "must", "should": a demand on somebody.
    pub(super) demanding: Vec<WordId>,
    /// "wants", "demanded": what a federal body says that others are to do.
    pub(super) pressing: Vec<WordId>,
    /// "every", "that": what is pressed for is no single act.
    pub(super) at_large: Vec<WordId>,
    /// "shall", "may": how a resolution says what is to be.
    pub(super) enacting: Vec<WordId>,
    /// What says what others would do well to do.
    pub(super) advising: Vec<WordId>,
    /// "a", "any": what follows is none in particular.
    pub(super) indefinite: Vec<WordId>,
    /// "jail", "department": what a head has, or a passage speaks of.
    pub(super) bodies: Vec<WordId>,
    /// "all three".
    pub(super) counts: Vec<WordId>,
    /// "jail", "inmates".
    pub(super) custody: Vec<WordId>,
    /// "his", "her".
    pub(super) owning: Vec<WordId>,
    /// "resolved", "ordained".
    resolving: [WordId; 2],
    /// "we", "our", "us", "ours".
    ours: [WordId; 4],
    /// "our", "my".
    owners: [WordId; 2],
}

/// The kinds of agency whose people are called officers, deputies.
pub(super) const OFFICERS: &[AgencyKind] = &[AgencyKind::Police];
pub(super) const DEPUTIES: &[AgencyKind] = &[AgencyKind::Sheriff, AgencyKind::Corrections];
/// How many sentences back the subject of a passage is looked for.
pub(super) const PASSAGE: usize = 4;

impl Words {
    /// Whether a token is the "RESOLVED" of a resolution, which writes it in capitals.
    pub(super) fn resolves(&self, token: Token) -> bool {
        token.shape == Shape::Upper && self.resolving.contains(&token.word)
    }

    /// Whether a word is "we", "our" or another of the first person plural.
    pub(super) fn is_first_person(&self, word: WordId) -> bool {
        self.ours.contains(&word)
    }

    /// Whether a word is "our" or "my".
    pub(super) fn owns(&self, word: WordId) -> bool {
        self.owners.contains(&word)
    }

    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut list = |words| ids(words, vocabulary);
        let classes = vec![
            (Class::Deputies, list("deputies deputy sheriff jailers jail jailer undersheriff")),
            (
                Class::Officers,
                list("officers officer chief cops cop patrol policeman police detectives members"),
            ),
            (Class::FirstPerson, list("we our us i my ours me")),
            (Class::Person, list("he she his her him")),
            (
                Class::Thing,
                list("it they its their them staff personnel employees office department agency city county"),
            ),
            (
                Class::Members,
                list(
                    "commissioners supervisors councilmembers councilors councilmen aldermen trustees troopers trooper legislators lawmakers",
                ),
            ),
            (Class::Both, list("both neither")),
            (
                Class::Anyone,
                list(
                    "sheriffs cities counties agencies departments jurisdictions localities states chiefs \
                     municipalities communities places localities jails governments \
                     boards councils commissions",
                ),
            ),
            (
                Class::Outsider,
                list(
                    "trump biden homan president administration congress lawmaker senators law laws statute \
                     statutes bill bills measure legislation act court courts judge judges advocates activists \
                     critics opponents residents groups group supporters protesters republicans democrats \
                     plaintiffs ruling lawsuit lawsuits opinion attorneys government military network \
                     coalition agents people immigrants program programs aclu",
                ),
            ),
            (
                Class::Policy,
                list(
                    "policy policies order directive manual bulletin rulebook handbook memo message statement letter plan post practice",
                ),
            ),
            (Class::Ordinance, list("ordinance ordinances resolution")),
        ];
        let members: &[(&str, &[&str])] = &[
            ("commissioners", &["commission", "board"]),
            ("supervisors", &["supervisors", "board"]),
            ("councilmembers", &["council"]),
            ("councilors", &["council"]),
            ("councilmen", &["council"]),
            ("aldermen", &["council"]),
            ("trustees", &["trustees", "board"]),
            ("troopers", &["patrol", "state police", "public safety"]),
            ("trooper", &["patrol", "state police", "public safety"]),
            ("legislators", &["legislature", "assembly", "house", "senate"]),
            ("lawmakers", &["legislature", "assembly", "house", "senate"]),
        ];
        Self {
            classes,
            plural: ["they", "their"].map(|word| vocabulary.intern(word)),
            joins: ids(", and or nor & the both – - )", vocabulary),
            grammar: Grammar::new(vocabulary),
            by: vocabulary.intern("by"),
            places: ids("at from inside", vocabulary),
            general: ids("local state many other some all most campus", vocabulary),
            accusing: ids("sued sues suing accused accuses criticized criticizes blamed faulted", vocabulary),
            demanding: ids("must should shall", vocabulary),
            pressing: ids(
                "want wants wanted demand demands demanded ask asks asked expect expects expected urge urges urged insist \
                 insists insisted require requires required press presses pressed call calls called direct directs directed \
                 order orders ordered instruct instructs instructed",
                vocabulary,
            ),
            at_large: ids(
                "that every each all any more local state sheriffs jails counties cities departments agencies jailers police \
                 municipalities chiefs states localities jurisdictions wardens lockups",
                vocabulary,
            ),
            enacting: ids("shall may must should encouraged directed instructed", vocabulary),
            advising: ids("should ought", vocabulary),
            indefinite: ids("a an any each every another", vocabulary),
            bodies: ids(
                "jail jails department office agency county city sheriff station lockup facility force",
                vocabulary,
            ),
            counts: ids("two three four five six", vocabulary),
            custody: ids("jail jails jailers inmate inmates detainee detainees custody", vocabulary),
            owning: ids("his her", vocabulary),
            resolving: ["resolved", "ordained"].map(|word| vocabulary.intern(word)),
            ours: ["we", "our", "us", "ours"].map(|word| vocabulary.intern(word)),
            owners: ["our", "my"].map(|word| vocabulary.intern(word)),
            members: members.iter().map(|(word, names)| (vocabulary.intern(word), *names)).collect(),
        }
    }
}
