//! Inflected forms of English verbs and nouns, so that a rule can write `~refuse` once.

/// Irregular words: the base, then its other forms.
const IRREGULAR: &[&[&str]] = &[
    &["be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re"],
    &["have", "has", "had", "having", "'ve"],
    &["do", "does", "did", "done", "doing"],
    &["hold", "holds", "held", "holding"],
    &["keep", "keeps", "kept", "keeping"],
    &["give", "gives", "gave", "given", "giving"],
    &["take", "takes", "took", "taken", "taking"],
    &["let", "lets", "letting"],
    &["tell", "tells", "told", "telling"],
    &["say", "says", "said", "saying"],
    &["send", "sends", "sent", "sending"],
    &["sell", "sells", "sold", "selling"],
    &["make", "makes", "made", "making"],
    &["get", "gets", "got", "gotten", "getting"],
    &["go", "goes", "went", "gone", "going"],
    &["run", "runs", "ran", "running"],
    &["leave", "leaves", "left", "leaving"],
    &["quit", "quits", "quitting"],
    &["put", "puts", "putting"],
    &["turn", "turns", "turned", "turning"],
    &["hand", "hands", "handed", "handing"],
    &["bring", "brings", "brought", "bringing"],
    &["meet", "meets", "met", "meeting"],
    &["pull", "pulls", "pulled", "pulling"],
    &["forbid", "forbids", "forbade", "forbidden", "forbidding"],
    &["withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"],
    &["stand", "stands", "stood", "standing"],
    &["become", "becomes", "became", "becoming"],
    &["choose", "chooses", "chose", "chosen", "choosing"],
    &["stop", "stops", "stopped", "stopping"],
    &["ban", "bans", "banned", "banning"],
    &["bar", "bars", "barred", "barring"],
    &["opt", "opts", "opted", "opting"],
    &["transfer", "transfers", "transferred", "transferring"],
    &["permit", "permits", "permitted", "permitting"],
    &["submit", "submits", "submitted", "submitting"],
    &["commit", "commits", "committed", "committing"],
    &["refer", "refers", "referred", "referring"],
    &["plan", "plans", "planned", "planning"],
    &["swap", "swaps", "swapped", "swapping"],
    &["seek", "seeks", "sought", "seeking"],
    &["think", "thinks", "thought", "thinking"],
    &["write", "writes", "wrote", "written", "writing"],
    &["speak", "speaks", "spoke", "spoken", "speaking"],
    &["know", "knows", "knew", "known", "knowing"],
    &["find", "finds", "found", "finding"],
    &["see", "sees", "saw", "seen", "seeing"],
    &["come", "comes", "came", "coming"],
    &["catch", "catches", "caught", "catching"],
    &["rejoin", "rejoins", "rejoined", "rejoining"],
    &["spend", "spends", "spent", "spending"],
    &["lend", "lends", "lent", "lending"],
    &["drag", "drags", "dragged", "dragging"],
    &["drop", "drops", "dropped", "dropping"],
    &["scrap", "scraps", "scrapped", "scrapping"],
    &["grab", "grabs", "grabbed", "grabbing"],
    &["team", "teams", "teamed", "teaming"],
    &["cancel", "cancels", "canceled", "cancelled", "canceling", "cancelling"],
    &["shut", "shuts", "shutting"],
    &["tie", "ties", "tied", "tying"],
    &["set", "sets", "setting"],
    &["begin", "begins", "began", "begun", "beginning"],
    &["draw", "draws", "drew", "drawn", "drawing"],
    &["play", "plays", "played", "playing"],
    &["show", "shows", "showed", "shown", "showing"],
    &["nab", "nabs", "nabbed", "nabbing"],
    &["feed", "feeds", "fed", "feeding"],
    &["swear", "swears", "swore", "sworn", "swearing"],
    &["break", "breaks", "broke", "broken", "breaking"],
    &["lead", "leads", "led", "leading"],
    &["pay", "pays", "paid", "paying"],
    &["lay", "lays", "laid", "laying"],
    &["lose", "loses", "lost", "losing"],
    &["win", "wins", "won", "winning"],
    &["fight", "fights", "fought", "fighting"],
    &["buy", "buys", "bought", "buying"],
    &["teach", "teaches", "taught", "teaching"],
    &["read", "reads", "reading"],
    &["ride", "rides", "rode", "ridden", "riding"],
    &["drive", "drives", "drove", "driven", "driving"],
    &["build", "builds", "built", "building"],
    &["deal", "deals", "dealt", "dealing"],
    &["strike", "strikes", "struck", "stricken", "striking"],
    &["throw", "throws", "threw", "thrown", "throwing"],
    &["fall", "falls", "fell", "fallen", "falling"],
    &["sit", "sits", "sat", "sitting"],
    &["hide", "hides", "hid", "hidden", "hiding"],
    &["cut", "cuts", "cutting"],
    &["uphold", "upholds", "upheld", "upholding"],
    &["withhold", "withholds", "withheld", "withholding"],
    &["oversee", "oversees", "oversaw", "overseen", "overseeing"],
    &["undertake", "undertakes", "undertook", "undertaken", "undertaking"],
    &["understand", "understands", "understood", "understanding"],
    &["admit", "admits", "admitted", "admitting"],
    &["defer", "defers", "deferred", "deferring"],
    &["patrol", "patrols", "patrolled", "patrolling"],
    &["flag", "flags", "flagged", "flagging"],
    &["compel", "compels", "compelled", "compelling"],
    &["control", "controls", "controlled", "controlling"],
    &["man", "men"],
    &["woman", "women"],
    &["person", "persons", "people"],
];

/// Every form of a base word, the base first: `refuse`, `refuses`, `refused`, `refusing`.
///
/// ```
/// use goldrule_extractor::pattern::inflections;
///
/// assert_eq!(inflections("refuse"), ["refuse", "refuses", "refused", "refusing"]);
/// assert_eq!(inflections("notify"), ["notify", "notifies", "notified", "notifying"]);
/// assert_eq!(inflections("hold"), ["hold", "holds", "held", "holding"]);
/// ```
pub fn inflections(base: &str) -> Vec<String> {
    if let Some(forms) = IRREGULAR.iter().find(|forms| forms[0] == base) {
        return forms.iter().map(|&form| form.to_owned()).collect();
    }
    let vowel = |c: char| "aeiou".contains(c);
    let before_last = base.chars().rev().nth(1).unwrap_or('a');
    let (third, past, progressive) = if let Some(stem) = base.strip_suffix('e') {
        (format!("{base}s"), format!("{base}d"), format!("{stem}ing"))
    } else if base.ends_with('y') && !vowel(before_last) {
        let stem = &base[..base.len() - 1];
        (format!("{stem}ies"), format!("{stem}ied"), format!("{base}ing"))
    } else {
        let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end));
        (format!("{base}{}", if hisses { "es" } else { "s" }), format!("{base}ed"), format!("{base}ing"))
    };
    vec![base.to_owned(), third, past, progressive]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_irregular_word_stands_once_and_says_more_than_the_rule_would() {
        for (index, forms) in IRREGULAR.iter().enumerate() {
            let known = &IRREGULAR[..index];
            assert!(known.iter().all(|other| other[0] != forms[0]), "{}", forms[0]);
            assert!(forms.len() >= 2, "{}", forms[0]);
        }
        assert_eq!(inflections("swear"), ["swear", "swears", "swore", "sworn", "swearing"]);
        assert_eq!(inflections("push"), ["push", "pushes", "pushed", "pushing"]);
    }
}
