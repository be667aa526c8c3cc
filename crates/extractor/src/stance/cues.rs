//! What of a sentence cards give points for: its words, two in a row, words beside a negation, and the agencies it
//! mentions, each by its kind.

use goldrule_schema::AgencyKind;

use crate::agency::Agencies;
use crate::segment::{Segmented, Sentence};
use crate::token::{Shape, Token};

/// What negates a sentence, for cues that ask for it.
pub(super) const NEGATORS: &[&str] = &[
    "not",
    "no",
    "never",
    "nobody",
    "none",
    "neither",
    "nor",
    "cannot",
    "without",
    "refuse",
    "refuses",
    "refused",
    "don't",
    "doesn't",
    "won't",
    "isn't",
    "aren't",
    "can't",
    "wouldn't",
    "didn't",
    "shouldn't",
    "ain't",
];

/// Tokens that mention an agency, with its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mentioned {
    first: usize,
    last: usize,
    kind: AgencyKind,
}

impl Mentioned {
    /// The mentions of a text in its order, those apart that count only where their agency holds a stance.
    pub(crate) fn all(segmented: &Segmented<'_>, agencies: &Agencies) -> Vec<Self> {
        let certain = agencies.mentions.iter().filter(|mention| !mention.provisional);
        let in_tokens = certain.map(|mention| Self {
            first: segmented.token_at(mention.span.start),
            last: segmented.token_at(mention.span.end.saturating_sub(1)) + 1,
            kind: agencies.agencies[mention.agency].kind,
        });
        let mut all: Vec<_> = in_tokens.collect();
        all.sort_unstable_by_key(|mention| (mention.first, mention.last));
        all
    }

    /// Those of a sentence.
    fn within(all: &[Self], sentence: Sentence) -> &[Self] {
        let range = sentence.range();
        let from = all.partition_point(|mention| mention.first < range.start);
        let upto = all.partition_point(|mention| mention.first < range.end);
        &all[from..upto]
    }
}

/// What cues are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A token, by its place.
    Token(usize),
    /// A mention of an agency, by its first token.
    Mention(usize, AgencyKind),
}

/// The items of a sentence with a mention in the place of its tokens; none where it has no mention.
pub(super) fn with_mentions(sentence: Sentence, all: &[Mentioned]) -> impl Iterator<Item = Item> {
    let mut mentions = Mentioned::within(all, sentence).iter().peekable();
    let mut range = sentence.range();
    if mentions.peek().is_none() {
        range.end = range.start;
    }
    let mut covered = 0;
    range.filter_map(move |token| {
        while let Some(mention) = mentions.next_if(|mention| mention.first <= token) {
            if token >= covered {
                covered = mention.last;
                return Some(Item::Mention(token, mention.kind));
            }
        }
        (token >= covered).then_some(Item::Token(token))
    })
}

/// The cues of a sentence as cards write them, each once: "detainer", "hold people", "not & hold", "@sheriff will".
pub(crate) fn cues(segmented: &Segmented<'_>, sentence: Sentence, mentions: &[Mentioned]) -> Vec<String> {
    let range = sentence.range();
    let plain = |token: &Token| token.text(segmented.text).to_lowercase().replace('’', "'");
    let titled = is_titled(segmented.text, &segmented.tokens[range.clone()]);
    let word = |token: usize| {
        let name = !titled && is_name(segmented.tokens[token], token - range.start);
        (!name).then(|| plain(&segmented.tokens[token]))
    };
    // A quotation's first word may negate, too.
    let negates =
        segmented.tokens[range.clone()].iter().any(|token| NEGATORS.contains(&plain(token).as_str()));
    let mut cues = Vec::new();
    let mut add = |items: &[Option<String>]| {
        cues.extend(items.iter().flatten().cloned());
        if negates {
            cues.extend(items.iter().flatten().map(|item| format!("not & {item}")));
        }
        cues.extend(items.windows(2).filter_map(|pair| match pair {
            [Some(first), Some(second)] => Some(format!("{first} {second}")),
            _ => None,
        }));
    };
    add(&range.clone().map(word).collect::<Vec<_>>());
    let text_of = |item: Item| match item {
        Item::Token(token) => word(token),
        Item::Mention(_, kind) => Some(format!("@{kind}")),
    };
    add(&with_mentions(sentence, mentions).map(text_of).collect::<Vec<_>>());
    cues.sort_unstable();
    cues.dedup();
    cues
}

/// Fewest words of more than three letters of a headline.
const HEADLINE: usize = 3;

/// Whether a sentence has its words in capitals as headlines have, so that a capital makes no name.
pub(super) fn is_titled(text: &str, tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|token| token.is_word() && token.end - token.start > 3);
    let (mut capital, mut all) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(word.is_capital());
    }
    let ends = tokens.last().is_some_and(|last| matches!(last.text(text), "." | "?" | "!" | "”" | "\""));
    all >= HEADLINE && capital * 4 > all * 3 && !ends
}

/// Whether a token is part of a name: what it says depends on the text.
pub(super) fn is_name(token: Token, nth: usize) -> bool {
    token.shape == Shape::Capitalised && nth > 0
}
