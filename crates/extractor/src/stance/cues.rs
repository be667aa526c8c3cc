//! What of a sentence cards give points for: its words, their stems alone and two in a row, words beside a negation,
//! words with a capital, and the agencies it mentions, each by its kind.

use goldrule_schema::AgencyKind;

use super::stems::stem_of;
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

/// The items of a sentence: its tokens, with a mention in the place of its own.
pub(super) fn with_mentions(sentence: Sentence, all: &[Mentioned]) -> impl Iterator<Item = Item> {
    let mut mentions = Mentioned::within(all, sentence).iter().peekable();
    let mut covered = 0;
    sentence.range().filter_map(move |token| {
        while let Some(mention) = mentions.next_if(|mention| mention.first <= token) {
            if token >= covered {
                covered = mention.last;
                return Some(Item::Mention(token, mention.kind));
            }
        }
        (token >= covered).then_some(Item::Token(token))
    })
}

/// The cues of a sentence, each once and as [`key`] writes it: "detainer", "~detain", "hold peopl", "not & hold",
/// "@sheriff will", "Sheriff".
pub(crate) fn cues(segmented: &Segmented<'_>, sentence: Sentence, mentions: &[Mentioned]) -> Vec<String> {
    let range = sentence.range();
    let text = |token: usize| segmented.tokens[token].text(segmented.text).replace('’', "'");
    let titled = is_titled(segmented.text, &segmented.tokens[range.clone()]);
    let name = |token: usize| !titled && is_name(segmented.tokens[token], token - range.start);
    // A quotation's first word may negate, too.
    let negates = range.clone().any(|token| NEGATORS.contains(&text(token).to_lowercase().as_str()));
    let mut words: Vec<_> =
        range.clone().filter(|&token| !name(token)).map(|token| text(token).to_lowercase()).collect();
    let mut cues = Vec::new();
    let mut before: Option<String> = None;
    for item in with_mentions(sentence, mentions) {
        let stem = match item {
            Item::Token(token) if name(token) => {
                cues.push(text(token));
                None
            }
            Item::Token(token) => {
                let stem = stem_of(&text(token));
                cues.extend(stem.as_ref().map(|stem| format!("~{stem}")));
                stem
            }
            Item::Mention(_, kind) => {
                words.push(format!("@{kind}"));
                words.last().cloned()
            }
        };
        cues.extend(before.zip(stem.as_ref()).map(|(first, second)| format!("{first} {second}")));
        before = stem;
    }
    if negates {
        cues.extend(words.iter().map(|word| format!("not & {word}")));
    }
    cues.append(&mut words);
    cues.sort_unstable();
    cues.dedup();
    cues
}

/// A cue as a card may write it in the form in which [`cues`] gives it: "hold people" is "hold peopl".
pub(crate) fn key(cue: &str) -> String {
    let stem = |word: &str| match word.strip_prefix('@') {
        Some(_) => word.to_owned(),
        None => stem_of(word).unwrap_or_default(),
    };
    match (cue.strip_prefix('~'), cue.split_once(' ')) {
        (Some(word), _) => format!("~{}", stem(word)),
        (None, Some((first, second))) if !second.starts_with("& ") => {
            format!("{} {}", stem(first), stem(second))
        }
        _ => cue.to_owned(),
    }
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
