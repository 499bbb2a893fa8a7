//! Writing: a run that adds documents and commits them by one change of the head.

mod attempt;
mod batch;
mod batches;
mod changes;
mod commit;
mod flow;
mod lock;
mod replacement;
mod run;
mod session;
mod sweep;
mod wear;
mod writer;

pub use session::ClusterSession;
