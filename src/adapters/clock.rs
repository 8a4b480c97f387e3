//! What day it is.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::policy::day::Day;

/// The day in UTC: that of `SOURCE_DATE_EPOCH`, where builds must not depend on the day.
pub fn today() -> Day {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Day::after_epoch(given.unwrap_or_else(now) / 86_400)
}
