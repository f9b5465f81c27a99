use async_trait::async_trait;
use emergency::E164;
use jiff::Timestamp;
use location::{Country, SiteId};
use serde::{Deserialize, Serialize};

use super::StoreError;

/// A number of the callback pool.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct NumberRow {
    /// The number.
    pub number: E164,
    /// The site it was bought for.
    pub site: Option<SiteId>,
    /// The platform it rings on, such as `amazon_connect` or `sip`; empty when it does not matter.
    pub platform: String,
    /// The country in which it can be lent.
    pub country: Country,
    /// Until when its last lease ran; absent when it was never lent, or is lent now.
    pub idle_since: Option<Timestamp>,
}

/// Reading the callback pool.
#[async_trait]
pub trait Numbers: Send + Sync {
    /// The whole pool, by number.
    async fn numbers(&self) -> Result<Vec<NumberRow>, StoreError>;
}
