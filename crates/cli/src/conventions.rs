//! The conventions that a run may choose.

use goldrule_harness::Settings;
use goldrule_harness::scorer::{Duplicates, EmptyDocuments, Method, Singletons, Undefined};

/// Conventions of the figures; the signature names every one.
#[derive(clap::Args)]
#[command(next_help_heading = "Conventions")]
pub(crate) struct Conventions {
    /// A record that stands twice: matched copy-by-copy, or drop or keep every copy [default: copy-by-copy]
    #[arg(long, value_name = "POLICY")]
    duplicates: Option<Duplicates>,
    /// A document without records in a mean over documents: skip, or perfect [default: skip]
    #[arg(long, value_name = "POLICY")]
    empty: Option<EmptyDocuments>,
    /// Clusters of one mention in coreference: keep, or drop [default: keep]
    #[arg(long, value_name = "POLICY")]
    singletons: Option<Singletons>,
    /// A ratio with nothing below the line in a mean: skip, or zero [default: skip]
    #[arg(long, value_name = "POLICY")]
    undefined: Option<Undefined>,
    /// Least intersection over union of the span scheme `overlap`, 0 to 1; 0 is one shared character
    #[arg(long, value_name = "SHARE", value_parser = thousandths)]
    iou: Option<u16>,
    /// Bootstrap intervals: percentile, or bca (corrected for bias and skewness) [default: percentile]
    #[arg(long, value_name = "METHOD")]
    intervals: Option<Method>,
    /// Resamples of the bootstrap [default: 1000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    resamples: Option<u32>,
    /// Seed of the bootstrap and of the randomisation test [default: 20250120]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

fn thousandths(text: &str) -> Result<u16, String> {
    let share: f64 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    if !(0.0..=1.0).contains(&share) {
        return Err(format!("{text} is not between 0 and 1"));
    }
    #[expect(clippy::cast_sign_loss, reason = "it is between 0 and 1000")]
    let thousandths = (share * 1000.0).round() as u16;
    Ok(thousandths)
}

impl Conventions {
    pub(crate) fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        let policies = &mut settings.policies;
        policies.duplicates = self.duplicates.unwrap_or(policies.duplicates);
        policies.empty_documents = self.empty.unwrap_or(policies.empty_documents);
        policies.singletons = self.singletons.unwrap_or(policies.singletons);
        policies.undefined = self.undefined.unwrap_or(policies.undefined);
        settings.min_iou = self.iou.unwrap_or(settings.min_iou);
        let intervals = &mut settings.intervals;
        intervals.method = self.intervals.unwrap_or(intervals.method);
        intervals.resamples = self.resamples.map_or(intervals.resamples, |resamples| resamples as usize);
        intervals.seed = self.seed.unwrap_or(intervals.seed);
        settings
    }
}
