//! The gate on instruction counts: `instructions [--update]`, from a release build, with Valgrind installed.
//!
//! Every job is run under Valgrind once and twice over; the difference is what one run of it costs,
//! without starting up, loading rules or reading files. Counts are divided by the bytes or documents
//! worked on, so that a document more in the corpus changes little, and compared with
//! `benches/instructions.json`. `--update` writes that file anew instead.
//!
//! Counts depend on the compiler, and a little on the processor's vector instructions, but not on load.

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

use goldrule_benches::{Input, Stage, Subject, bytes, score, synthetic_pairs};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Share by which a count may differ from its baseline.
const TOLERANCE: f64 = 0.05;
/// Pairs of sets that are scored.
const PAIRS: usize = 300;
const SEED: u64 = 20_260_901;

#[derive(Clone, Copy)]
enum Job {
    Extract(Input, Stage),
    Score,
}

impl Job {
    fn all() -> Vec<Self> {
        let mut jobs = Vec::new();
        for input in Input::ALL {
            jobs.extend(Stage::ALL.map(|stage| Self::Extract(input, stage)));
        }
        jobs.push(Self::Score);
        jobs
    }

    fn name(self) -> String {
        match self {
            Self::Extract(input, stage) => format!("{} {}, per byte", stage.name(), input.name()),
            Self::Score => "score, per document".to_owned(),
        }
    }

    /// Runs the job `repeats` times and returns the bytes or documents of one run.
    fn run(self, repeats: usize) -> Result<usize> {
        match self {
            Self::Extract(input, stage) => {
                let (subject, documents) = (Subject::new(), input.documents()?);
                for _ in 0..repeats {
                    black_box(subject.run(stage, black_box(&documents)));
                }
                Ok(bytes(&documents))
            }
            Self::Score => {
                let pairs = synthetic_pairs(PAIRS, SEED);
                for _ in 0..repeats {
                    black_box(score(black_box(&pairs)));
                }
                Ok(PAIRS)
            }
        }
    }
}

fn main() -> Result<ExitCode> {
    if cfg!(debug_assertions) {
        return Err("counts of a debug build mean nothing: use `cargo run --release`".into());
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => check(),
        ["--update"] => update(),
        // What this program calls itself with, under Valgrind.
        ["--run", job, repeats] => {
            let jobs = Job::all();
            let job = jobs.get(job.parse::<usize>()?).ok_or("no such job")?;
            writeln!(io::stdout(), "{}", job.run(repeats.parse()?)?)?;
            Ok(ExitCode::SUCCESS)
        }
        _ => Err("usage: instructions [--update]".into()),
    }
}

fn check() -> Result<ExitCode> {
    let file = std::fs::read_to_string(baseline_file())
        .map_err(|error| format!("benches/instructions.json: {error}; write it with `--update`"))?;
    let baseline: BTreeMap<String, f64> = serde_json::from_str(&file)?;
    let counts = counts()?;
    let mut out = io::stdout().lock();
    let mut failed = counts.len() != baseline.len();
    writeln!(out, "{:<32}{:>12}{:>12}{:>10}", "instructions", "baseline", "now", "change")?;
    for (name, now) in &counts {
        let Some(before) = baseline.get(name) else {
            failed = true;
            writeln!(out, "{name:<32}{:>12}{now:>12.2}  not in the baseline", "-")?;
            continue;
        };
        let change = now / before - 1.0;
        let outside = change.abs() > TOLERANCE;
        failed |= outside;
        let mark = if outside { "  FAIL" } else { "" };
        writeln!(out, "{name:<32}{before:>12.2}{now:>12.2}{:>+9.1}%{mark}", change * 100.0)?;
    }
    if failed {
        let percent = TOLERANCE * 100.0;
        writeln!(
            out,
            "Counts moved by more than {percent} % or the jobs changed. Where that is meant, run\n\
             `cargo run --release -p goldrule-benches --bin instructions -- --update` and commit the file."
        )?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn update() -> Result<ExitCode> {
    std::fs::write(baseline_file(), serde_json::to_string_pretty(&counts()?)? + "\n")?;
    Ok(ExitCode::SUCCESS)
}

fn baseline_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.json")
}

/// Instructions per unit of every job, to two decimals. The two runs of a job go side by side: most of their time is
/// starting up, and no count depends on load.
fn counts() -> Result<BTreeMap<String, f64>> {
    let mut counts = BTreeMap::new();
    for (index, job) in Job::all().into_iter().enumerate() {
        let (first, second) = (under_valgrind(index, 1)?, under_valgrind(index, 2)?);
        let ((once, units), (twice, _)) = (counted(first)?, counted(second)?);
        counts.insert(job.name(), ((twice - once) / units * 100.0).round() / 100.0);
    }
    Ok(counts)
}

/// A job that runs under Valgrind.
fn under_valgrind(job: usize, repeats: usize) -> Result<Child> {
    let child = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["--run", &job.to_string(), &repeats.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("valgrind: {error}"))?;
    Ok(child)
}

/// Waits for a job under Valgrind: instructions executed, and the units of one run.
fn counted(job: Child) -> Result<(f64, f64)> {
    let output = job.wait_with_output()?;
    let report = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("valgrind failed:\n{report}").into());
    }
    let total = report.lines().find(|line| line.contains("== I")).and_then(|line| line.split_once("refs:"));
    let total = total.ok_or_else(|| format!("no count of instructions:\n{report}"))?.1;
    let units = String::from_utf8_lossy(&output.stdout);
    Ok((total.trim().replace(',', "").parse()?, units.trim().parse()?))
}
