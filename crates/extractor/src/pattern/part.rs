//! What is made of a fragment once, for all patterns that use it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::fragment::Fragment;
use super::needs::{Need, needs_within};
use super::parse::Node;
use super::program::{Program, first_words, program_of};
use super::width::{narrowest, widest};
use super::words::Filter;
use crate::token::{Vocabulary, WordId};

/// A fragment compiled by itself. Where it ends depends on where it begins alone, so that one look serves
/// every pattern that asks for it there.
#[derive(Debug)]
pub(super) struct Part {
    /// Its number among all parts.
    pub(super) number: u32,
    /// What it can begin with.
    pub(super) begins: Filter,
    pub(super) program: Program,
}

/// A part that every match of a pattern has.
#[derive(Clone, Debug)]
pub(super) struct Required {
    pub(super) part: Arc<Part>,
    /// The words, and signs of layers, that it begins with.
    pub(super) first: Arc<[WordId]>,
    /// Fewest and most tokens of the match before it.
    pub(super) near: usize,
    pub(super) far: usize,
}

/// The parts that every match of a node has of which it is known what they begin with.
pub(super) fn required(
    node: &Node,
    start: (usize, usize),
    vocabulary: &mut Vocabulary,
    parts: &mut Vec<Required>,
) {
    match node {
        Node::Seq(items) => {
            let mut start = start;
            for item in items {
                required(item, start, vocabulary, parts);
                start = (start.0 + narrowest(item), start.1 + widest(item));
            }
        }
        Node::Capture(_, inner) => required(inner, start, vocabulary, parts),
        Node::Shared(fragment) if fragment.captures => required(&fragment.node, start, vocabulary, parts),
        Node::Shared(fragment) if !matches!(fragment.node, Node::Words(_)) => {
            if let Some(first) = first_words(&fragment.node, vocabulary) {
                let part = part_of(fragment, vocabulary);
                parts.push(Required { part, first: first.into(), near: start.0, far: start.1 });
            }
        }
        _ => {}
    }
}

/// What has been made of fragments so far, by their addresses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    known: FxHashMap<usize, Known>,
    /// Parts compiled so far.
    count: u32,
}

#[derive(Clone, Debug)]
struct Known {
    /// Keeps the address from being given to another.
    _fragment: Arc<Fragment>,
    part: Option<Arc<Part>>,
    needs: Option<Arc<[Need]>>,
}

impl Parts {
    fn known(&mut self, fragment: &Arc<Fragment>) -> &mut Known {
        let fresh = || Known { _fragment: fragment.clone(), part: None, needs: None };
        self.known.entry(Arc::as_ptr(fragment).addr()).or_insert_with(fresh)
    }
}

/// The part that a fragment is.
pub(super) fn part_of(fragment: &Arc<Fragment>, vocabulary: &mut Vocabulary) -> Arc<Part> {
    if let Some(part) = &vocabulary.parts.known(fragment).part {
        return part.clone();
    }
    let (program, begins) = program_of(&fragment.node, vocabulary);
    let part = Arc::new(Part { number: vocabulary.parts.count, begins, program });
    vocabulary.parts.count += 1;
    vocabulary.parts.known(fragment).part = Some(part.clone());
    part
}

/// What a match of a fragment cannot be without, in its own order.
pub(super) fn needs_of_fragment(fragment: &Arc<Fragment>, vocabulary: &mut Vocabulary) -> Arc<[Need]> {
    if let Some(needs) = &vocabulary.parts.known(fragment).needs {
        return needs.clone();
    }
    let needs: Arc<[Need]> = needs_within(&fragment.node, vocabulary).into();
    vocabulary.parts.known(fragment).needs = Some(needs.clone());
    needs
}
