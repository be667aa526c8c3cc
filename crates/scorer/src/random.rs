//! A generator of pseudo-random numbers that will never change.

use crate::content::mix;

/// `SplitMix64` (Steele, Lea and Flood 2014), pinned: the same seed gives the same figures in every version.
///
/// ```
/// use goldrule_scorer::SplitMix64;
///
/// let mut random = SplitMix64::new(1_234_567);
/// assert_eq!(random.next_u64(), 6_457_827_717_110_365_317);
/// assert_eq!(random.next_u64(), 3_203_168_211_198_807_973);
/// ```
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

impl SplitMix64 {
    /// The name that signatures use.
    pub const NAME: &str = "splitmix64";

    /// The generator of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of many generators of a seed. Each resample has its own, so that the result depends neither on
    /// the order in which they are drawn nor on the number of threads.
    pub fn stream(seed: u64, number: u64) -> Self {
        Self(mix(seed ^ mix(number)).wrapping_add(GAMMA))
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        let state = self.0;
        self.0 = state.wrapping_add(GAMMA);
        mix(state)
    }

    /// A number below `limit`, near enough evenly (the high half of a product, Lemire 2019); 0 where
    /// `limit` is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next_u64()) * limit as u128) >> 64) as usize
    }
}
