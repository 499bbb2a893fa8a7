//! The HTTP server. It has no search logic: URL parameters become options, options a question, and answers are rendered
//! as on the command line.
//!
//! Connections are served by threads that never block (`connection`, `stream`, `slots`); questions are answered by
//! others, as many as there are processors (`work`). A request is checked first (`guard`), then routed by its path
//! (`route`, `pages`) and answered from the newest commit of the index (`current`).

mod api_request;
mod body;
mod connection;
mod error;
#[cfg(fuzzing)]
mod fuzz;
mod guard;
mod limits;
mod log;
mod openapi;
mod pages;
mod parameters;
mod public_url;
mod reply;
mod route;
mod site;
mod slots;
mod stream;
mod target;
#[cfg(test)]
mod tests;
mod work;

pub use error::Error;
#[cfg(fuzzing)]
pub use fuzz::FuzzServer;
pub use log::{Log, Notes, RequestLog};
pub use public_url::PublicUrl;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::index;
use limits::Limits;
use site::Site;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::sleep;

/// The default address: only this machine can connect.
pub const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7440);

/// Number of threads for connections, which pass all work on.
const THREADS: usize = 2;

/// Length of the listen queue.
const BACKLOG: i32 = 1024;

/// Settings of a server.
pub struct Settings {
    /// The folder of the index, which need not exist yet.
    pub index: PathBuf,
    /// The address to listen on; port 0 picks a free port.
    pub listen: SocketAddr,
    /// The public URL, behind a proxy.
    pub public_url: Option<PublicUrl>,
    /// Callback for requests.
    pub log: Option<Box<Log>>,
    /// Callback for notes to the operator.
    pub notes: Option<Box<Notes>>,
}

/// Time in which a second signal counts as the first: some programs signal a process and its group.
const ONE_SIGNAL: Duration = Duration::from_millis(50);

/// Number of connections below which a note is written.
const FEW: usize = 64;

/// A bound server.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    site: Site,
    limits: Limits,
}

impl Server {
    /// Binds the address.
    pub fn bind(settings: Settings) -> Result<Self, Error> {
        let limits = if index::is_address(&settings.index) { Limits::remote() } else { Limits::default() };
        Self::with_limits(settings, limits.within_files())
    }

    fn with_limits(settings: Settings, limits: Limits) -> Result<Self, Error> {
        let Settings { index, listen, public_url, log, notes } = settings;
        let listener = TcpListener::bind(listen).map_err(|source| Error::Listen { address: listen, source })?;
        // The standard library's queue is so short that bursts of connections take seconds.
        rustix::net::listen(&listener, BACKLOG).map_err(std::io::Error::from)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let mut site = Site::new(index, address, public_url, log, &limits);
        site.notes = notes;
        let most = limits.connections;
        if most < FEW {
            site.note(&format!("the limit of open files (`ulimit -n`) allows only {most} connections"));
        }
        Ok(Self { listener, address, site, limits })
    }

    /// Returns the bound address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until SIGINT or SIGTERM. Open requests then have a grace period, until the next signal. Returns the number of
    /// requests cut off.
    pub fn run(self) -> Result<usize, Error> {
        self.run_with(signals)
    }

    /// Serves until a message on the channel; a second one cuts open requests off.
    fn run_with(self, receiver: impl FnOnce() -> std::io::Result<mpsc::Receiver<()>>) -> Result<usize, Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
        let result = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let stop = receiver()?;
            // Ends with the runtime.
            tokio::spawn(self.site.current.clone().drop_outdated_every(self.limits.look));
            Ok(connection::serve(listener, Arc::new(self.site), &self.limits, stop).await?)
        });
        // Abandoned work cannot be cancelled, so it is left running.
        runtime.shutdown_timeout(Duration::from_millis(100));
        result
    }
}

/// Returns a channel with one message for the first SIGINT or SIGTERM, and one for the next.
fn signals() -> std::io::Result<mpsc::Receiver<()>> {
    let both = || Ok::<_, std::io::Error>((signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?));
    let mut first = both()?;
    let (sender, stop) = mpsc::channel(2);
    tokio::spawn(async move {
        tokio::select! { _ = first.0.recv() => (), _ = first.1.recv() => () }
        let _ = sender.send(()).await;
        sleep(ONE_SIGNAL).await;
        // New streams, which ignore earlier signals.
        let Ok(mut second) = both() else { return };
        tokio::select! { _ = second.0.recv() => (), _ = second.1.recv() => () }
        let _ = sender.send(()).await;
    });
    Ok(stop)
}
