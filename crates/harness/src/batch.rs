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

/// The next inputs, up to the size of a batch.
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn input(id: usize, length: usize) -> Input {
        Input { id: id.to_string(), text: "a".repeat(length), origin: String::new(), bytes: length as u64 }
    }

    #[test]
    fn no_more_than_two_batches_are_held() {
        const LENGTH: usize = 100_000;
        let read = AtomicUsize::new(0);
        let inputs = (0..400).map(|id| {
            read.fetch_add(LENGTH, Ordering::Relaxed);
            Ok(input(id, LENGTH))
        });
        let (mut taken, mut most) = (0, 0);
        let name = |document: &Document, _: &AnnotationSet| Ok(document.id().to_owned());
        let mut names = Vec::new();
        let outcome: Result<(), ()> = extract_all(&Extractor::new(), inputs, name, |name, bytes| {
            most = most.max(read.load(Ordering::Relaxed) - taken);
            taken += usize::try_from(bytes).unwrap();
            names.push(name.unwrap());
            Ok(())
        });
        outcome.unwrap();
        assert_eq!(names, (0..400).map(|id| id.to_string()).collect::<Vec<_>>());
        assert!(most <= 2 * (BATCH_BYTES + LENGTH), "{most} bytes were held");
    }

    #[test]
    fn nothing_is_read_once_the_taker_has_stopped() {
        let read = AtomicUsize::new(0);
        let inputs = (0..1_000_000).map(|id| {
            read.fetch_add(1, Ordering::Relaxed);
            Ok(input(id, 0))
        });
        let outcome = extract_all(&Extractor::new(), inputs, |_, _| Ok(()), |_, _| Err("enough"));
        assert_eq!(outcome, Err("enough"));
        assert!(read.into_inner() <= 2 * BATCH_TEXTS);
    }
}
