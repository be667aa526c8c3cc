#![allow(clippy::print_stdout, missing_docs, clippy::unwrap_used)]
use goldrule_extractor::Extractor;
use goldrule_schema::Document;
fn main() {
    let mut args = std::env::args().skip(1);
    let rules = args.next().unwrap();
    let extractor = Extractor::with_rules_dir(std::path::Path::new(&rules)).unwrap();
    for file in args {
        println!("== {file}");
        let set = extractor.extract(&Document::new("d", std::fs::read_to_string(file).unwrap()));
        for a in &set.agencies {
            println!("   {} {}", a.id, a.mentions.len());
        }
        for s in &set.stances {
            println!(
                "{} {} {} {} [{}] {}",
                s.agency,
                s.topic,
                s.position,
                s.attribution,
                s.rule.as_deref().unwrap_or(""),
                s.text.as_deref().unwrap_or("")
            );
        }
    }
}
