//! The same answers over HTTP. It holds no search logic: an address becomes options, options a question, and the answer
//! is written as on the command line.
//!
//! Connections are looked after by threads that never wait (`connection`, `stream`, `places`); questions are answered on
//! others, as many as there are processors (`work`). Who may ask is decided first (`guard`), then the path says what
//! (`route`, `pages`), and the newest commit of the index answers (`current`).

mod asked;
mod body;
mod connection;
mod current;
#[cfg(fuzzing)]
mod desk;
mod error;
mod guard;
mod limits;
mod log;
mod openapi;
mod pages;
mod parameters;
mod places;
mod public_url;
mod reply;
mod route;
mod site;
mod stream;
mod target;
#[cfg(test)]
mod tests;
mod work;

#[cfg(fuzzing)]
pub use desk::Desk;
pub use error::Error;
pub use log::{Log, Notes, Served};
pub use public_url::PublicUrl;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use limits::Limits;
use site::Site;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::sleep;

/// Where a server listens if nothing else is said: only for whoever is on this machine.
pub const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7440);

/// Threads for connections. They hand all work on.
const THREADS: usize = 2;

/// So many connections wait to be taken.
const BACKLOG: i32 = 1024;

/// What is to be served, and where.
pub struct Settings {
    /// The folder of the index. It need not be there yet.
    pub index: PathBuf,
    /// The address to listen on; with port 0 on any that is free.
    pub listen: SocketAddr,
    /// The address under which others know it.
    pub public_url: Option<PublicUrl>,
    /// Hears of each request.
    pub log: Option<Box<Log>>,
    /// Hears what the operator should know.
    pub notes: Option<Box<Notes>>,
}

/// Signals that come so soon after the first are the same: some programs send them to a process and to its group.
const ONE_SIGNAL: Duration = Duration::from_millis(50);

/// Fewer connections at a time than this are said.
const FEW: usize = 64;

/// A server that has its address and can begin.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    site: Site,
    limits: Limits,
}

impl Server {
    /// Takes the address.
    pub fn bind(settings: Settings) -> Result<Self, Error> {
        Self::with_limits(settings, Limits::default().within_files())
    }

    fn with_limits(settings: Settings, limits: Limits) -> Result<Self, Error> {
        let Settings { index, listen, public_url, log, notes } = settings;
        let listener = TcpListener::bind(listen).map_err(|source| Error::Listen { address: listen, source })?;
        // The standard library lets so few wait that a crowd's connections take seconds.
        rustix::net::listen(&listener, BACKLOG).map_err(std::io::Error::from)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let mut site = Site::new(index, address, public_url, log, &limits);
        site.notes = notes;
        let most = limits.connections;
        if most < FEW {
            site.note(&format!("this process may open few files (`ulimit -n`): at most {most} connections at a time"));
        }
        Ok(Self { listener, address, site, limits })
    }

    /// The address it has.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process gets SIGINT or SIGTERM. Requests that are being answered then have some seconds to end, or
    /// until the signal comes again. Returns how many had not ended.
    pub fn run(self) -> Result<usize, Error> {
        self.run_with(signals)
    }

    /// Serves until a word comes; until a second one does where requests won't end.
    fn run_with(self, told: impl FnOnce() -> std::io::Result<mpsc::Receiver<()>>) -> Result<usize, Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
        let result = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let stop = told()?;
            // Ends with the runtime.
            tokio::spawn(self.site.current.clone().keep_letting_go(self.limits.look));
            Ok(connection::serve(listener, Arc::new(self.site), &self.limits, stop).await?)
        });
        // Work that nobody waits for any more can't be stopped, but left.
        runtime.shutdown_timeout(Duration::from_millis(100));
        result
    }
}

/// A word for SIGINT or SIGTERM, and one more for those that come later.
fn signals() -> std::io::Result<mpsc::Receiver<()>> {
    let both = || Ok::<_, std::io::Error>((signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?));
    let mut first = both()?;
    let (told, stop) = mpsc::channel(2);
    tokio::spawn(async move {
        tokio::select! { _ = first.0.recv() => (), _ = first.1.recv() => () }
        let _ = told.send(()).await;
        sleep(ONE_SIGNAL).await;
        // These have not heard of any before.
        let Ok(mut second) = both() else { return };
        tokio::select! { _ = second.0.recv() => (), _ = second.1.recv() => () }
        let _ = told.send(()).await;
    });
    Ok(stop)
}
