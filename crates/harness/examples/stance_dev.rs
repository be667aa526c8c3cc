//! scratch
use goldrule_extractor::*; use goldrule_schema::*; use serde_json::Value;
fn load(v:&Value)->AnnotationSet{
    let mut s=AnnotationSet::new(v["document"].as_str().unwrap());
    let sp=|m:&Value| CharSpan::new(m["start"].as_u64().unwrap() as u32,m["end"].as_u64().unwrap() as u32);
    let st=|m:&Value| m.as_str().map(str::to_owned);
    for a in v["agencies"].as_array().unwrap(){
        s.agencies.push(Agency{id:st(&a["id"]).unwrap(),name:st(&a["name"]).unwrap(),kind:a["kind"].as_str().unwrap().parse().unwrap(),jurisdiction:st(&a["jurisdiction"]),
         mentions:a["mentions"].as_array().unwrap().iter().map(|m|Mention{id:None,span:sp(m),text:st(&m["text"]),form:m["form"].as_str().unwrap().parse().unwrap(),rule:None,extra:Default::default()}).collect(),rule:None,extra:Default::default()});
    }
    for t in v["stances"].as_array().unwrap(){ s.stances.push(Stance{id:None,agency:st(&t["agency"]).unwrap(),topic:t["topic"].as_str().unwrap().parse().unwrap(),position:t["position"].as_str().unwrap().parse().unwrap(),attribution:t["attribution"].as_str().unwrap().parse().unwrap(),span:sp(t),text:st(&t["text"]),rule:None,extra:Default::default()});}
    for t in v["citations"].as_array().unwrap(){ s.citations.push(Citation{id:None,span:sp(t),text:st(&t["text"]),kind:t["kind"].as_str().unwrap().parse().unwrap(),canonical:st(&t["canonical"]),rule:None,extra:Default::default()});}
    s
}
fn main(){
    let given=std::env::args().nth(1).as_deref()==Some("given");
    let split=std::env::args().nth(2).unwrap_or("dev".into());
    let ex=Extractor::new(); let mut tot=Vec::new();
    let man=std::fs::read_to_string("/work/shared/corpus/manifest.csv").unwrap();
    let mut docs=Vec::new();
    for r in csv::Reader::from_reader(man.as_bytes()).records(){let r=r.unwrap(); if r[6]==split {docs.push((format!("/work/shared/corpus/{}.txt",&r[0]),format!("/work/shared/annotations/gold/{}.json",&r[0])));}}
    if split=="dev" {for d in ["000_61cc7f54cf5e5ce7","001_5ebf08a0e5a20c76","003_79f2075f555beae4"]{docs.push((format!("/work/shared/seeds/text/{d}.txt"),format!("/work/shared/seeds/gold/{d}.json")));}}
    for (t,g) in docs {
        let text=std::fs::read_to_string(&t).unwrap(); let gold=load(&serde_json::from_str(&std::fs::read_to_string(&g).unwrap()).unwrap());
        let d=Document::new(gold.document.clone(),text);
        let pred=if given {ex.run_from(Stage::Stances,&d,&gold)} else {ex.extract(&d)};
        if split=="dev" {
        println!("##### {}",gold.document);
        let f=|s:&Stance|format!("{} {} {} {} | {} [{}]",s.agency,s.topic,s.position,s.attribution,s.text.as_deref().unwrap_or(""),s.rule.as_deref().unwrap_or(""));
        for s in &gold.stances { let hit=pred.stances.iter().find(|p|p.span.overlaps(s.span)&&p.agency==s.agency&&p.topic==s.topic&&p.position==s.position); println!("  {} {}",if hit.is_some(){"ok "}else{"MISS"},f(s)); }
        for s in &pred.stances { let hit=gold.stances.iter().find(|p|p.span.overlaps(s.span)&&p.agency==s.agency&&p.topic==s.topic&&p.position==s.position); if hit.is_none(){println!("  SPUR {}",f(s));} }
        }
        tot.push(goldrule_scorer::score_document(&gold.document,&gold,&pred));
    }
    let sum=goldrule_scorer::Score::sum(tot.iter());
    println!("{}",serde_json::to_string_pretty(&sum).unwrap());
}
