//! `/v1/reports`.

pub(super) mod coverage;
