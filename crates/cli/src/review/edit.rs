//! Changing a record before it is taken.

use goldrule_curation::Record;
use goldrule_curation::queue::edit::{Edge, Field, Step, cycle, fields, set_canonical, shift};
use goldrule_curation::queue::{Item, Queue};

use super::keys::{Key, Keys};
use super::screen::{Look, record_labels};

const MOVES: &str = "←/→ move the end by a word, with shift (or < >) by a character; Tab the other boundary";

/// Lets somebody change the item's record; none where it was given up.
pub(super) fn edit(item: &Item, queue: &Queue<'_>, keys: &Keys, look: Look) -> Option<Record> {
    let mut record = item.record().clone();
    let agencies = agencies(item, queue);
    let mut edge = Edge::End;
    loop {
        show(&record, item, queue, edge, keys, look);
        match keys.next() {
            Key::Enter => return Some(record),
            Key::Escape | Key::Stop | Key::Char('q') => return None,
            Key::Tab => edge = if edge == Edge::End { Edge::Start } else { Edge::End },
            Key::Left { shift: by_one } => step(&mut record, edge, by_one, false, queue),
            Key::Right { shift: by_one } => step(&mut record, edge, by_one, true, queue),
            Key::Char('<') => step(&mut record, edge, true, false, queue),
            Key::Char('>') => step(&mut record, edge, true, true, queue),
            Key::Char('c') => canonical(&mut record, keys),
            Key::Char(letter) => {
                if let Some(field) = fields(&record).iter().find(|field| letter_of(**field) == letter) {
                    cycle(&mut record, *field, &agencies);
                }
            }
            Key::Backspace => {}
        }
    }
}

/// The ids to choose from: gold's, and that of the agency that would come with the record.
fn agencies(item: &Item, queue: &Queue<'_>) -> Vec<String> {
    let known = queue.gold().agencies.iter().map(|agency| agency.id.clone());
    let new = item.new_agency.iter().filter_map(|agency| agency.as_ref().agency().map(str::to_owned));
    known.chain(new).collect()
}

fn letter_of(field: Field) -> char {
    match field {
        Field::Agency => 'h',
        Field::Form => 'f',
        Field::Topic => 't',
        Field::Position => 'p',
        Field::Attribution => 'b',
        Field::Kind => 'k',
    }
}

fn step(record: &mut Record, edge: Edge, by_one: bool, forward: bool, queue: &Queue<'_>) {
    let step = if by_one { Step::Character } else { Step::Word };
    shift(record, edge, step, forward, queue.document());
}

fn canonical(record: &mut Record, keys: &Keys) {
    let Record::Citation(citation) = record else { return };
    let old = citation.canonical.clone().unwrap_or_default();
    if let Some(new) = keys.line("  canonical (empty for none): ", &old) {
        let new = new.trim();
        let sound = new.is_empty()
            || new.starts_with("/us") && !new.contains(char::is_whitespace) && !new.ends_with('/');
        if sound {
            set_canonical(record, Some(new.to_owned()).filter(|new| !new.is_empty()));
        } else {
            keys.say("  Write it as in the guidelines, section 3: /us/usc/t8/s1373.\n");
        }
    }
}

fn show(record: &Record, item: &Item, queue: &Queue<'_>, edge: Edge, keys: &Keys, look: Look) {
    keys.say(&format!("\n{}\n", look.bold("Edit")));
    if let Some(span) = record.as_ref().span() {
        keys.say(&look.context(queue.document(), span));
    }
    keys.say(&record_labels(record, item.new_agency.as_ref(), queue.gold()));
    let labels: Vec<_> =
        fields(record).iter().map(|field| format!("{} {}", letter_of(*field), field.as_str())).collect();
    let mut help = labels.join("  ");
    if matches!(record, Record::Citation(_)) {
        help.push_str("  c canonical");
    }
    help.push_str("  Enter take it  Esc give up\n");
    if record.as_ref().span().is_some() {
        let which = if edge == Edge::End { "end" } else { "start" };
        help = format!("{}\n{help}", MOVES.replace("the end", &format!("the {which}")));
    }
    keys.say(&look.dim(&help));
}
