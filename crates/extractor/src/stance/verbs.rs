//! The words of reporting frames: verbs of saying, who says, what is said to say.

use goldrule_schema::AgencyKind;

use super::clause::{has, ids};
use super::spans::Grammar;
use crate::token::{Vocabulary, WordId};

/// Words of reporting frames.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) verbs: Vec<WordId>,
    /// Verbs of what tells of a practice: a report, records.
    pub(super) findings: Vec<WordId>,
    pub(super) told: WordId,
    pub(super) to: WordId,
    /// What speaks in a text and is no agency.
    pub(super) papers: Vec<WordId>,
    pub(super) that: WordId,
    pub(super) according: WordId,
    pub(super) pronouns: Vec<WordId>,
    pub(super) openers: Vec<WordId>,
    pub(super) grammar: Grammar,
    pub(super) nouns: Vec<WordId>,
    /// Those who speak for no agency.
    pub(super) outsiders: Vec<WordId>,
    pub(super) conjunctions: Vec<WordId>,
    pub(super) subordinators: Vec<WordId>,
    /// Nouns that stand for the head of one kind of agency.
    pub(super) heads: Vec<(WordId, &'static [AgencyKind])>,
    /// "was explicit that", "is adamant that".
    pub(super) insistent: Vec<WordId>,
    /// "is", "was".
    pub(super) be: [WordId; 2],
    /// "By Ryder's account", "in the sheriff's words".
    pub(super) accounts: Vec<WordId>,
    /// "by", "in", "per": what opens such a phrase.
    pub(super) by: Vec<WordId>,
    /// Rules that somebody cites, and nobody's speech: "the rulebook says".
    pub(super) rulebooks: Vec<WordId>,
    /// "a message from the police: officers do not ask".
    pub(super) messages: Vec<WordId>,
    /// "chiefs", "sheriffs": in a text on their association it speaks for them.
    pub(super) peers: [(WordId, &'static str); 2],
    pub(super) they: WordId,
    pub(super) relatives: Vec<WordId>,
    /// What stands between a subject and its verb of saying.
    pub(super) having: Vec<WordId>,
    pub(super) advised: [WordId; 2],
    pub(super) counsel: Vec<WordId>,
    /// "officials", "sheriffs": those who may be many or some.
    pub(super) plurals: Vec<WordId>,
    /// "departments": several whether counted or not.
    pub(super) plural_bodies: Vec<WordId>,
    /// "many", "some".
    pub(super) quantifiers: Vec<WordId>,
    pub(super) governments: [WordId; 2],
    /// Auxiliaries of the past and of the present.
    pub(super) past: Vec<WordId>,
    pub(super) present: Vec<WordId>,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let heads: [(_, &'static [AgencyKind]); 10] = [
            ("sheriff", &[AgencyKind::Sheriff]),
            ("undersheriff", &[AgencyKind::Sheriff]),
            ("chief", &[AgencyKind::Police]),
            // Of these, the one that the text settles: see `Speech::head`.
            ("superintendent", &[AgencyKind::Police, AgencyKind::Other]),
            ("chancellor", &[AgencyKind::Other]),
            ("mayor", &[AgencyKind::Government]),
            ("governor", &[AgencyKind::Government]),
            ("warden", &[AgencyKind::Corrections]),
            ("general", &[AgencyKind::Prosecutor]),
            ("prosecutor", &[AgencyKind::Prosecutor]),
        ];
        Self {
            verbs: ids(
                "said say says saying stated states stating announced announces announcing declared declares \
                 affirmed affirming reaffirmed reaffirming reiterated reiterating emphasized emphasised \
                 emphasizing stressed stressing clarified clarifying explain explained explains explaining added adds \
                 adding restated restating presented noted notes noting wrote writes insisted insists argued argues pledged pledging vowed \
                 vowing promised promising confirmed confirms replied answered conceded acknowledged posted \
                 tweeted testified tells told continued maintains maintained asserted asserts warned reads \
                 read responded remarked recalled calls claimed claims assured reported observed advised advises \
                 boasts boasted brags bragged informs informed admits admitted swears swore joked joking quipped \
                 complained grumbled countered contends contended volunteered repeated repeats repeating reminded \
                 reminds",
                vocabulary,
            ),
            findings: ids("found finds show shows showed indicate indicates indicated", vocabulary),
            told: vocabulary.intern("told"),
            to: vocabulary.intern("to"),
            papers: ids(
                "lawsuit suit complaint opinion ruling law bill act measure statute court judge",
                vocabulary,
            ),
            that: vocabulary.intern("that"),
            according: vocabulary.intern("according"),
            pronouns: ids("he she it they i we", vocabulary),
            openers: ids(
                "that it they he she we the its their his her our officers deputies no there this neither \
                 nobody anyone people local federal state police immigration enforcing if in what none some \
                 any anybody somebody someone everyone everybody whoever whatever nothing these those administrative while because under when sheriffs agents asking not",
                vocabulary,
            ),
            grammar: Grammar::new(vocabulary),
            nouns: ids(
                "statement spokesman spokeswoman spokesperson department office agency commissioner captain \
                 lieutenant policy bulletin post letter release officials force police website memo faq page webpage",
                vocabulary,
            ),
            outsiders: ids(
                "candidate candidates challenger challengers groups group advocates advocate activists activist lawyers lawyer attorneys critics critic residents \
                 organizers neighbors immigrants families family opponents coalition protesters plaintiffs aclu \
                 nonprofit pastor clergy parents students columnist records guide complaint lawsuit suit judge court \
                 defenders defender former inmates detainees resident speaker speakers neighbor woman worker workers \
                 researchers professor organizer auditors monitor",
                vocabulary,
            ),
            conjunctions: ids("and but or while though although whereas", vocabulary),
            subordinators: ids(
                "because since adding so as even after when unless if nor who whose which",
                vocabulary,
            ),
            heads: heads.map(|(word, kinds)| (vocabulary.intern(word), kinds)).to_vec(),
            insistent: ids(
                "explicit clear adamant emphatic categorical firm unequivocal certain known plain slip position",
                vocabulary,
            ),
            be: ["is", "was"].map(|word| vocabulary.intern(word)),
            accounts: ids("account telling words view reckoning version", vocabulary),
            by: ids("by in per", vocabulary),
            rulebooks: ids("rulebook manual handbook policy policies rules code", vocabulary),
            messages: ids(
                "message statement answer reply response pledge promise assurance announcement note bulletin post \
                 word letter email warning",
                vocabulary,
            ),
            peers: [("chiefs", "chiefs"), ("sheriffs", "sheriffs")]
                .map(|(word, name)| (vocabulary.intern(word), name)),
            they: vocabulary.intern("they"),
            relatives: ids("who whose which whom", vocabulary),
            having: ids("has have had also since repeatedly long", vocabulary),
            advised: ["advised", "advises"].map(|word| vocabulary.intern(word)),
            past: ids("had was were did would could", vocabulary),
            present: ids("has have is are do does will", vocabulary),
            governments: ["government", "administration"].map(|word| vocabulary.intern(word)),
            plurals: ids(
                "officials agencies departments chiefs sheriffs leaders cities counties",
                vocabulary,
            ),
            plural_bodies: ids("agencies departments", vocabulary),
            quantifiers: ids("many most some several other various numerous few", vocabulary),
            counsel: ids("attorney attorneys lawyer lawyers counsel", vocabulary),
        }
    }

    pub(super) fn is_verb(&self, word: WordId) -> bool {
        has(&self.verbs, word)
    }

    /// The kinds of agency that a head is the head of.
    pub(super) fn head(&self, word: WordId) -> Option<&'static [AgencyKind]> {
        self.heads.iter().find(|(head, _)| *head == word && word != WordId::NONE).map(|(_, kinds)| *kinds)
    }
}
