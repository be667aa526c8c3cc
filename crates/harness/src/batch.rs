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
/// the inputs. Only one batch of a few megabytes is held at a time; a longer text is a batch of its own.
///
/// `work` makes of a document and its annotations what is wanted, on any thread; `emit` takes it, one
/// after another, with the number of bytes read for it. Findings of `inputs` are passed on in their place.
///
/// # Errors
/// The first that `emit` returns; what comes after is not read.
pub fn extract_all<T: Send, E>(
    extractor: &Extractor,
    inputs: impl Iterator<Item = Result<Input, Finding>>,
    work: impl Fn(&Document, &AnnotationSet) -> Result<T, Finding> + Sync,
    mut emit: impl FnMut(Result<T, Finding>, u64) -> Result<(), E>,
) -> Result<(), E> {
    let mut inputs = inputs.peekable();
    while inputs.peek().is_some() {
        let batch = batch(&mut inputs);
        let done: Vec<_> = batch
            .into_par_iter()
            .with_max_len(1)
            .map(|input| {
                let input = match input {
                    Ok(input) => input,
                    Err(finding) => return (Err(finding), 0),
                };
                let document = Document::new(input.id, input.text);
                (work(&document, &extractor.extract(&document)), input.bytes)
            })
            .collect();
        done.into_iter().try_for_each(|(result, bytes)| emit(result, bytes))?;
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
