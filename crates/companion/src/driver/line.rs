use tokio::sync::mpsc;

type Job = Box<dyn FnOnce() + Send>;

/// Work that may block, done one after the other in the order it was given, away from everything
/// that must not wait. Work that never ends holds up what stands behind it and nothing else.
#[derive(Clone, Debug)]
pub(super) struct Line(mpsc::UnboundedSender<Job>);

impl Line {
    /// A line, with the task that works it off until the last handle is gone.
    pub(super) fn new() -> Self {
        let (sender, mut jobs) = mpsc::unbounded_channel::<Job>();
        tokio::spawn(async move {
            while let Some(job) = jobs.recv().await {
                if let Err(error) = tokio::task::spawn_blocking(job).await {
                    tracing::error!("work broke off: {error}");
                }
            }
        });
        Self(sender)
    }

    pub(super) fn push(&self, job: impl FnOnce() + Send + 'static) {
        // The other side ends only with the runtime.
        self.0.send(Box::new(job)).ok();
    }
}
