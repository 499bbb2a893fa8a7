//! The wire: requests to the nodes of a cluster, repeated until one answers or the time is over.

mod access;
mod client;
mod missing;
mod nodes;
mod refusal;

pub use access::timeout;
pub use client::{Answer, Client, Request, other_form, parse};
pub use refusal::{failure, reason};
