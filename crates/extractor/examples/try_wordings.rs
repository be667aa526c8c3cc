//! Prints the wordings of a file that the extractor reads otherwise than the file says.
#![allow(clippy::print_stdout, missing_docs, clippy::unwrap_used)]
use goldrule_extractor::Extractor;
use goldrule_schema::Document;
fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().unwrap();
    let rules = args.next();
    let extractor = match rules {
        Some(dir) => Extractor::with_rules_dir(std::path::Path::new(&dir)).unwrap(),
        None => Extractor::new(),
    };
    let (mut right, mut all) = (0, 0);
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let Some((want, text)) = line.split_once(" | ") else { continue };
        let set = extractor.extract(&Document::new("d", text));
        let found: Vec<_> = set.stances.iter().map(|s| format!("{} {}", s.topic, s.position)).collect();
        all += 1;
        let ok = if want == "none" {
            found.is_empty()
        } else {
            found.iter().any(|f| f == want)
                && found.iter().all(|f| f == want || f.starts_with("equal") || f.starts_with("criminal"))
        };
        right += usize::from(ok);
        if !ok {
            println!(
                "{want} | {text}\n      -> {:?}",
                set.stances
                    .iter()
                    .map(|s| format!(
                        "{} {} {} [{}] {}",
                        s.agency,
                        s.topic,
                        s.position,
                        s.rule.as_deref().unwrap_or(""),
                        s.text.as_deref().unwrap_or("")
                    ))
                    .collect::<Vec<_>>()
            );
        }
    }
    println!("{right} of {all}");
}
