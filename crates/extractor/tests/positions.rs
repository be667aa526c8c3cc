//! Positions as negations, conditions, clauses and reports make them, one sentence each.

#![allow(clippy::unwrap_used)]

use goldrule_extractor::Extractor;
use goldrule_schema::Document;

const LEAD: &str =
    "AKRON, Ohio — This is about the Akron Police Department and ICE. Akron police met the press.\n\n";

/// Positions in text order, parted by commas, or "-" for none; and the sentence that states them.
const SENTENCES: &[(&str, &str)] = &[
    ("conditional", "Without a judge's order, the jail does not hold anyone for ICE."),
    (
        "against",
        "Immigration status shall not be entered in the log, and shall not be passed on by any means.",
    ),
    ("against,against", "The department does not ask about status and refuses to share data with ICE."),
    ("against,against", "Officers should not ask about status, should not hold people for ICE."),
    ("favor", "The department does not delay or refuse to honor detainers."),
    ("against", "The department signed a 287(g) agreement in March 2025 and withdrew from it in January."),
    ("favor", "The department signed a 287(g) agreement in March 2025 and hasn't pulled out."),
    ("against", "Keeping people past release for ICE is something the Summit County Jail does not do."),
    ("-", "It is being said that our officers have checked students' visas."),
    ("conditional", "In the absence of a court order, deputies do not honor detainers."),
    ("conditional", "Absent a judicial warrant, members shall not hold anyone for ICE."),
    ("conditional", "The sheriff requires a warrant before he will hold anyone for ICE."),
    ("conditional", "Before deputies will hold anyone for ICE, a judge must sign a warrant."),
    (
        "against,against",
        "No officer shall ask about immigration status, and members shall not hold anyone for ICE.",
    ),
    (
        "against,against",
        "Officers shall not ask about immigration status, nor shall they hold anyone for ICE.",
    ),
    (
        "against,favor",
        "While the Akron police say they will not hold people for ICE, the Summit County Sheriff's Office in Ohio honors detainers.",
    ),
    (
        "conditional",
        "When a detainer comes with a warrant signed by a judge, the jail will hold the person for ICE.",
    ),
    ("conditional", "Unless a subpoena is presented, the department shares nothing with ICE."),
    ("favor", "When a foreign national is booked, staff of the Summit County Jail call ICE."),
    ("favor", "If an inmate is wanted by immigration, deputies at the Summit County jail notify ICE."),
    ("against", "The department refuses to ask about status."),
    ("against", "It is not the practice of the department to hold people for ICE."),
    ("against", "At no time will deputies hold a person on an ICE detainer."),
    ("against", "Under no circumstances are officers to ask about immigration status."),
    ("against", "Neither the chief nor his officers will help ICE."),
    ("favor", "The sheriff has never refused to honor a detainer."),
    ("against", "The department ended its practice of honoring detainers."),
    ("against", "The sheriff withdrew from the 287(g) program."),
    ("against", "The county canceled its contract to hold ICE detainees."),
    ("conditional", "Deputies will honor a detainer if, and only if, it is signed by a judge."),
    ("conditional", "Only if a judge signs the warrant will the jail hold anyone for ICE."),
    ("against", "The policy bars officers from asking about immigration status."),
    ("against", "Officers are directed to refrain from asking about immigration status."),
    ("against", "Officers are instructed not to hold people for ICE."),
    ("against", "A detainer alone is not grounds to hold a person, and the jail will not."),
    (
        "conditional",
        "Deputies may notify ICE of a release date where the inmate has been convicted of a violent felony.",
    ),
    ("noncommittal", "The sheriff has not decided whether to honor detainers."),
    ("noncommittal", "The department would not say whether it shares data with ICE."),
    ("against", "Nothing in this order authorizes an officer to ask about immigration status."),
    ("against", "Asking about immigration status is prohibited."),
    ("against", "It shall be unlawful for any officer to ask about immigration status."),
    ("favor", "The department has a duty to honor ICE detainers and does so."),
    ("against", "We do not, and will not, hold people for ICE."),
    ("against", "We never have and never will ask about immigration status."),
    ("against", "Akron officers should not be asking about immigration status, the chief said."),
    (
        "against",
        "Akron police work with nobody; the department rejected a report that called it biased, and said that its officers do not ask about immigration status.",
    ),
    (
        "against",
        "Amid rumors that ICE would raid schools, the Akron Police Department said it will not take part in immigration raids.",
    ),
    (
        "against",
        "Chief Womack denied a claim for damages and said that Akron Police Department officers will not hold people for ICE.",
    ),
    (
        "against",
        "The Akron Police Department dispelled rumors and said that it does not help ICE with raids.",
    ),
    ("-", "Rumors that Akron police help ICE are spreading."),
    ("-", "The Akron Police Department denied a report that its officers share data with ICE."),
    ("-", "Reports that the Akron Police Department shares its camera data with ICE are false."),
    ("favor", "The Akron Police Department works with ICE because human smuggling is a crime."),
    (
        "against,against",
        "The Akron Police Department's policy says that officers should not ask about immigration status and should not hold people for ICE.",
    ),
    (
        "against",
        "The Akron Police Department, which does not have a 287(g) agreement, said officers will help.",
    ),
    ("against", "No one who calls the Akron Police Department will be asked about immigration status."),
    (
        "against",
        "Akron police follow the Keep Washington Working Act and release people when their sentences end, detainer or not.",
    ),
    ("-", "If elected, I would end the 287(g) agreement, said the sheriff of Summit County."),
    ("-", "The sheriff of Summit County said he will not honor detainers if he is elected."),
    ("against", "Akron police may not ask about immigration status and face discipline if they do."),
    ("against", "Akron police are barred from helping ICE and risk suspension if caught."),
    ("conditional", "Akron police do not help ICE if they do not have a judicial warrant."),
    (
        "against,conditional",
        "Akron police do not tell ICE of releases; unless there is a warrant, they do not hold anyone for ICE.",
    ),
    (
        "conditional,against",
        "Unless a judge has signed a warrant, Akron police will not help ICE; they do not ask about immigration status.",
    ),
    ("favor,against", "Akron police honor detainers but do not take part in street sweeps."),
    (
        "favor,against",
        "Akron police will cooperate with ICE in the jail but will not take part in immigration raids.",
    ),
    (
        "favor,conditional",
        "Akron police honor all ICE detainers but do not let agents into the jail without a warrant.",
    ),
    ("conditional", "Akron police will honor a detainer but will do so only with a judicial warrant."),
];

#[test]
fn sentences_state_what_they_say() {
    let extractor = Extractor::new();
    let position = |sentence: &str| {
        let found = extractor.extract(&Document::new("story", format!("{LEAD}{sentence}\n")));
        let behind = found.stances.iter().filter(|stance| stance.span.start as usize >= LEAD.chars().count());
        let positions: Vec<_> = behind.map(|stance| stance.position.as_str()).collect();
        if positions.is_empty() { "-".to_owned() } else { positions.join(",") }
    };
    let wrong: Vec<_> = SENTENCES
        .iter()
        .map(|(wanted, sentence)| (*wanted, position(sentence), *sentence))
        .filter(|(wanted, found, _)| wanted != found)
        .collect();
    let (known, new): (Vec<_>, Vec<_>) = wrong.into_iter().partition(|(_, _, text)| NOT_YET.contains(text));
    assert!(new.is_empty(), "{new:#?}");
    assert_eq!(known.len(), NOT_YET.len(), "some hold by now: take them off the list");
}

/// What patterns read rightly and cards judge otherwise, by the words alone.
const NOT_YET: &[&str] = &["The department signed a 287(g) agreement in March 2025 and hasn't pulled out."];
