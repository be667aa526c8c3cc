//! Word classes of the agency grammar.

use crate::token::{Token, Vocabulary, WordId};

/// A set of word classes.
pub(super) type Class = u32;

/// "the", "its", "this": may stand before a nominal and begins no name.
pub(super) const DETERMINER: Class = 1;
/// "a", "any", "every": what follows is no agency of the document.
pub(super) const GENERIC: Class = 1 << 1;
/// Prepositions.
pub(super) const PREPOSITION: Class = 1 << 2;
/// Words that a sentence may open with, or that stand before a name without being part of it.
pub(super) const OUTSIDE: Class = 1 << 3;
/// Words for a division of the country: "county", "city".
pub(super) const DIVISION: Class = 1 << 4;
/// Nouns that make "department", "city" before them an attribute: "policy", "officials".
pub(super) const HEADED: Class = 1 << 5;
/// Verbs and adverbs that show the noun before them to act.
pub(super) const ACTS: Class = 1 << 6;
/// Small words inside names of places: "of", "du".
pub(super) const INNER: Class = 1 << 7;
/// First words of place names that are never cut off: "East", "Port".
pub(super) const PREFIX: Class = 1 << 8;
/// Words that may stand between a determiner and a nominal and belong to it: "federal", "state".
pub(super) const MODIFIER: Class = 1 << 9;
/// Peoples and countries, whose police is not ours.
pub(super) const FOREIGN: Class = 1 << 10;
/// Words that end the name of an authority and never that of a place: "Department", "Office".
pub(super) const BODY: Class = 1 << 11;

/// Words around which the name of a body that speaks for agencies is looked for.
pub(super) const ASSOCIATION: Class = 1 << 12;

/// "Departments of Justice and Labor": what several are named by.
pub(super) const DEPARTMENTS: Class = 1 << 13;

/// What committees of legislatures and councils are called.
pub(super) const COMMITTEE: Class = 1 << 14;

const WORDS: &[(Class, &str)] = &[
    (COMMITTEE, "committee subcommittee"),
    (DEPARTMENTS, "departments"),
    (
        DETERMINER | OUTSIDE,
        "the this that these those its his her our their my your whose a an any every each no some another \
         both either neither all most many few several",
    ),
    (
        GENERIC,
        "a an any every each no some another many most few several all which whatever whichever other neither either",
    ),
    (
        PREPOSITION | OUTSIDE,
        "in at on of from within across around outside inside throughout near to into by for with under over \
         against between among through about than as per via toward towards behind beyond despite during \
         since until upon without like unlike versus vs. alongside amid",
    ),
    (
        OUTSIDE,
        "when while after before if but and or because although though however meanwhile also then now still \
         yet so thus hence he it she they we i you who what where why how there here not only even just once \
         whether unless instead moreover furthermore additionally finally first second third later earlier \
         today tonight yesterday tomorrow former acting interim longtime retired newly local nearby \
         neighboring neighbouring federal military secret incoming outgoing current embattled elected late \
         rural suburban urban undercover fellow veteran republican democratic democrat chief chiefs officer \
         officers sheriff sheriffs deputy deputies undersheriff constable sgt. lt. capt. cmdr. det. sergeant \
         lieutenant captain commander detective trooper trooper's mayor governor gov. president attorney judge \
         justice mr. mrs. ms. dr. sen. rep. reps. senator representative commissioner superintendent director \
         spokesman spokeswoman spokesperson spokespersons officials monday tuesday wednesday thursday friday \
         saturday sunday january february march april june july august september october november december \
         jan. feb. mar. apr. aug. sept. oct. nov. dec. opinion editorial update watch read statement re ask \
         meet live exclusive breaking other more most such certain additional numerous multiple dozens hundreds \
         two three four five six seven eight nine ten eleven twelve thirty photo photos video caption file q a q. a. is are was were do does did \
         will would can could should may must has have had said says told tells did let ask asked why whereas \
         resolved furthermore section article public members dear subject attention contact source sources \
         both including include like yes no maybe please thanks congrats welcome hello congress court courts \
         supreme american u.s. us defendant defendants plaintiff plaintiffs petitioner petitioners respondent \
         respondents appellant appellants appellee appellees intervenor reminder note notice background summary madam mister hereby resolves ordains previous prior",
    ),
    (
        DIVISION,
        "county city town township village borough parish state municipal metro metropolitan regional co. \
         cnty. twp. unified consolidated joint",
    ),
    (
        HEADED,
        "policy policies official officials officer officers spokesman spokeswoman spokesperson spokespeople \
         leader leaders leadership employee employees staff staffer staffers member members record records \
         headquarters council councils hall manager managers attorney attorneys commissioner commissioners \
         commission board boards hospital police budget budgets code codes ordinance ordinances law laws \
         government governments agency agencies department departments services service worker workers \
         vehicle vehicles property personnel resource resources funds funding money grant grants custody \
         directive directives procedure procedures rule rules regulation regulations guideline guidelines \
         order orders memo memos bulletin website page statement data database databases system systems \
         program programs bill statute statutes constitution legislature legislators lawmaker lawmakers \
         senator senators representative representatives rep. sen. court courts judge judges prosecutor \
         prosecutors clerk clerks solicitor treasurer auditor executive administrator administrators \
         administration employees' line lines limits limit road roads park parks jail jails prison prisons \
         school schools district districts university fair seat residents resident taxpayers streets street \
         capitol house senate trooper troopers patrol highway deputies deputy sheriff sheriffs sheriff's \
         detention detainees inmates inmate lockup bed beds cell cells population operations operation \
         meeting meetings chambers chamber chief chiefs lawyer lawyers counsel contract contracts agreement \
         agreements partnership force model secretary director directors supervisor supervisors investigators \
         investigator detectives detective agents agent recruits recruit veteran veterans heads head \
         chair chairman chairwoman president vice secretary colleges college troops elections election buses lands waters businesses charter charters \
         libraries library beaches beach airport airports roadways bounds boundaries borders border neighbors \
         sponsor sponsors taxpayer crime crimes documents document manual manuals salaries figures cooperation collaboration practice practices protocol protocols training trainer vote votes party politics politicians revenue \
         tax taxes aid benefits identification id ids building buildings facility facilities floor line \
         committee committees priest priests keys key door doors gate gates lobby roster rosters log logs unit units car cars cruiser cruisers chat shift shifts squad squads van vans station stations legislation hearing hearings",
    ),
    (
        ACTS,
        "said says say first later recently then long only simply quietly formally hold will would does do did has have had is was isn't wasn't are were can could may might \
         must shall should cannot can't won't doesn't didn't hasn't wouldn't shouldn't couldn't also now still \
         never already no not adopted adopts passed passes approved approves voted votes sued sues joined joins \
         signed signs filed files declined declines refused refuses refuse plans planned wants wanted agreed \
         agrees went goes obtained obtains argued argues asked asks told tells announced announces enacted enacts \
         cut cuts ended ends sent sends keeps kept put puts gave gives got gets lost loses paid pays \
         prohibits prohibited bars barred forbids limits limited requires required stopped stops began begins \
         continues continued declared declares issued issues received receives expects expected hopes believes \
         maintains insists insisted responded responds settled settles appealed appeals decided decides itself \
         who which meanwhile intends intended opposes opposed supports supported honors honored holds held \
         uses used shares shared works worked calls called considers considered reviews reviewed says, pledged \
         took takes made makes rests rested helped helps hired hires spent spends lets let banned bans \
         sold bought built led met ran set saw sought spoke stood struck threw wrote won left laid felt found \
         fought drew drove brought broke came chose dealt grew heard knew went understood bore meant drafted \
         challenged challenges withdrew withdraws joined remains remained became becomes oks turns backs rejects scraps drops",
    ),
    (
        ASSOCIATION,
        "association assn. union guild federation brotherhood fraternal league sheriffs council conference",
    ),
    (INNER, "of du de del la el los las le the and en on y"),
    (
        PREFIX,
        "east west north south northern southern eastern western central upper lower port fort ft. mount mt. \
         lake new saint st. ste. san santa santo los las el la le du des grand glen old point cape big little \
         green white black red rio palo costa isla puerto villa bay cedar oak coral royal king prince queen \
         palm beach salt virgin great isle sault coeur baton bois eau prairie cottage rock high forest spring \
         silver gold golden iron long rapid twin two three five blue box castle corpus delta eagle elk falls \
         fond garden harbor hot indian jersey key laguna mineral morgan ocean orange paradise pine river round \
         sandy sioux sleepy sugar sun terre union walnut warm",
    ),
    (MODIFIER, "federal state county city town township village borough parish municipal local university"),
    (
        FOREIGN,
        "mexican canadian american russian german french british italian spanish chinese israeli turkish \
         guatemalan honduran salvadoran haitian venezuelan colombian cuban brazilian european african asian \
         irish polish indian iranian iraqi ukrainian mexico canada russia germany france israel",
    ),
    (
        BODY,
        "department office bureau agency association union guild federation brotherhood league court courts commission committee council \
         board division unit center foundation institute project coalition society network times post \
         news journal herald tribune gazette star act bill order policy enforcement customs investigations \
         removal inspector oversight civilian citizen citizens accountability review ethics general services security immigration service",
    ),
];

/// The classes of every word, by word id.
#[derive(Debug)]
pub(super) struct Lexicon {
    classes: Vec<Class>,
}

impl Lexicon {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut classes = Vec::new();
        for (class, words) in WORDS {
            for word in words.split_whitespace() {
                let id = vocabulary.intern(word).0 as usize;
                if classes.len() <= id {
                    classes.resize(id + 1, 0);
                }
                classes[id] |= class;
            }
        }
        Self { classes }
    }

    /// Whether a token is of one of the classes.
    pub(super) fn is(&self, token: Token, class: Class) -> bool {
        self.of(token.word) & class != 0
    }

    fn of(&self, word: WordId) -> Class {
        self.classes.get(word.0 as usize).copied().unwrap_or(0)
    }
}

/// Parts of a state: "a southwestern Idaho county jail", in small letters, is whichever there is.
pub(super) const PARTS: &[&str] = &[
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "rural",
    "suburban",
    "upstate",
];

/// Words that count bodies: "the ninth Utah sheriff's office".
pub(super) const ORDINALS: &[&str] =
    &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
