use std::fmt;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::DeliveryFault;

/// Something for the people of a platform to do.
#[derive(Clone, PartialEq)]
pub struct Task {
    /// The notice's name, the same at every try: who has seen it makes no second task.
    pub id: String,
    /// When this try is made.
    pub at: Timestamp,
    /// What it is about.
    pub details: serde_json::Value,
}

impl fmt::Debug for Task {
    /// Says nothing of what it is about.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Task")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Where a platform's people find what they have to do.
#[async_trait]
pub trait TaskQueue: fmt::Debug + Send + Sync {
    /// Makes a task; when this answers, it is there.
    ///
    /// # Errors
    /// See [`DeliveryFault`].
    async fn create(&self, task: &Task) -> Result<(), DeliveryFault>;
}
