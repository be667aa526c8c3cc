//! Extraction of many texts in bounded memory.

use goldrule_extractor::Extractor;
use goldrule_schema::{AnnotationSet, Document};
use rayon::prelude::*;

use crate::Finding;
use crate::input::Input;

/// A batch is full at so many bytes of text, or so many texts.
const BATCH_BYTES: usize = 4 << 20;
const BATCH_TEXTS: usize = 1024;

/// Extracts each input, on all threads of the current pool, and hands the results out in the order of
/// the inputs. One batch of a few megabytes is worked on while the next one is read, and no more is held;
/// a longer text is a batch of its own.
///
/// `work` makes of a document and its annotations what is wanted, on any thread; `emit` takes it, one
/// after another, with the number of bytes read for it. Findings of `inputs` are passed on in their place.
///
/// # Errors
/// The first that `emit` returns; what comes after is not read.
pub fn extract_all<T: Send, E>(
    extractor: &Extractor,
    mut inputs: impl Iterator<Item = Result<Input, Finding>> + Send,
    work: impl Fn(&Document, &AnnotationSet) -> Result<T, Finding> + Sync,
    mut emit: impl FnMut(Result<T, Finding>, u64) -> Result<(), E>,
) -> Result<(), E> {
    let outcome = |input: Result<Input, Finding>| match input {
        Ok(input) => {
            let document = Document::new(input.id, input.text);
            (work(&document, &extractor.extract(&document)), input.bytes)
        }
        Err(finding) => (Err(finding), 0),
    };
    let mut ready = batch(&mut inputs);
    while !ready.is_empty() {
        let extract = || ready.into_par_iter().with_max_len(1).map(outcome).collect::<Vec<_>>();
        let (done, next) = rayon::join(extract, || batch(&mut inputs));
        done.into_iter().try_for_each(|(result, bytes)| emit(result, bytes))?;
        ready = next;
    }
    Ok(())
}

fn batch(inputs: &mut impl Iterator<Item = Result<Input, Finding>>) -> Vec<Result<Input, Finding>> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for input in inputs {
        bytes += input.as_ref().map_or(0, |input| input.text.len());
        batch.push(input);
        if bytes >= BATCH_BYTES || batch.len() >= BATCH_TEXTS {
            break;
        }
    }
    batch
}
