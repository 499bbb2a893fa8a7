//! From a request to what goes back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::header::{HeaderMap, IF_NONE_MATCH};
use hyper::{Method, StatusCode, Uri};

use super::current::Current;
use super::guard::Guard;
use super::openapi::Description;
use super::parameters::Parameters;
use super::reply::{Kind, Reply};
use super::route::{Asked, DESCRIPTION, ROUTES, Route};
use super::work::{Undone, Work};
use crate::engine::{did_you_mean, nearest};
use crate::failure::Failure;

/// What a request was and what became of it.
#[derive(Debug)]
pub struct Served<'a> {
    /// Who asked.
    pub peer: std::net::SocketAddr,
    /// The method.
    pub method: &'a str,
    /// The address, as it was sent.
    pub target: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// The length of its body.
    pub bytes: usize,
    /// How long it took.
    pub took: Duration,
}

/// Hears what was served.
pub type Log = dyn Fn(&Served<'_>) + Send + Sync;

/// All that can be asked for.
pub struct Site {
    pub guard: Guard,
    /// What stands before every path, where it is not taken away by a proxy.
    pub prefix: String,
    /// What tells of all paths.
    pub description: Description,
    pub current: Arc<Current>,
    pub work: Work,
    pub log: Option<Box<Log>>,
}

impl Site {
    /// Answers a request.
    pub async fn answer(&self, peer: std::net::SocketAddr, method: &Method, uri: &Uri, headers: &HeaderMap) -> Reply {
        let begin = Instant::now();
        let reply = match self.guard.check(method, uri, headers) {
            Ok(()) => self.asked(uri, headers).await,
            Err(refusal) => refusal,
        };
        if let Some(log) = &self.log {
            let target = uri.path_and_query().map_or("", |target| target.as_str());
            let (status, bytes, took) = (reply.status().as_u16(), reply.len(), begin.elapsed());
            log(&Served { peer, method: method.as_str(), target, status, bytes, took });
        }
        reply
    }

    async fn asked(&self, uri: &Uri, headers: &HeaderMap) -> Reply {
        let path = uri.path();
        // A proxy may take the prefix away or leave it there.
        let behind = path.strip_prefix(&self.prefix).filter(|path| path.starts_with('/')).unwrap_or(path);
        let parameters = match Parameters::parse(uri.query().unwrap_or_default()) {
            Ok(parameters) => parameters,
            Err(failure) => return Reply::failure(&failure),
        };
        let known: Vec<u8> =
            headers.get_all(IF_NONE_MATCH).iter().flat_map(|tags| [tags.as_bytes(), b","].concat()).collect();
        let known = String::from_utf8_lossy(&known).into_owned();
        if behind == DESCRIPTION {
            return self.description(parameters, &known);
        }
        let Some(route) = Route::find(behind) else { return unknown(path, behind) };
        let asked = match read(route, parameters) {
            Ok(asked) => asked,
            Err(failure) => return Reply::failure(&failure),
        };
        // Where the same is asked, whatever stands before it.
        let target = format!("{behind}?{}", uri.query().unwrap_or_default());
        let current = self.current.clone();
        let done = self.work.run(route.cost(), move || found(route, asked, &target, &known, &current)).await;
        match done {
            Ok(Ok(reply)) => reply,
            Ok(Err(failure)) => Reply::failure(&failure),
            Err(undone) => unanswered(undone),
        }
    }

    fn description(&self, parameters: Parameters, known: &str) -> Reply {
        let Description { body, etag } = &self.description;
        match parameters.finish() {
            Ok(()) if is_known(etag, known) => Reply::unchanged(Kind::Json, etag.clone()),
            Ok(()) => Reply::new(StatusCode::OK, Kind::Json, body.clone(), Some(etag.clone())),
            Err(failure) => Reply::failure(&failure),
        }
    }
}

/// Whether a tag is among those that a client has.
fn is_known(etag: &str, known: &str) -> bool {
    known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
}

fn read(route: Route, mut parameters: Parameters) -> Result<Asked, Failure> {
    let asked = route.read(&mut parameters)?;
    parameters.finish()?;
    asked.check()?;
    Ok(asked)
}

/// The answer, from one commit of the index.
fn found(route: Route, asked: Asked, target: &str, known: &str, current: &Current) -> Result<Reply, Failure> {
    let reader = current.reader()?;
    let etag = route.is_stable().then(|| etag(reader.fingerprint(), target));
    if let Some(etag) = etag.as_ref().filter(|etag| is_known(etag, known)) {
        return Ok(Reply::unchanged(route.kind(), etag.clone()));
    }
    let (body, is_missing) = asked.answer(&reader, current.index())?;
    Ok(match is_missing {
        true => Reply::new(StatusCode::NOT_FOUND, route.kind(), body, None),
        false => Reply::new(StatusCode::OK, route.kind(), body, etag),
    })
}

/// Stands for what this version answers to an address, from a commit.
fn etag(commit: u64, target: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let hash = xxhash_rust::xxh3::xxh3_64(format!("{version} {commit:016x} {target}").as_bytes());
    format!("\"{hash:016x}\"")
}

fn unknown(path: &str, behind: &str) -> Reply {
    let paths = ROUTES.iter().map(|(path, _)| path.to_string()).chain([DESCRIPTION.to_owned()]);
    // Nobody means one of these by what is much longer.
    let near = if behind.len() > 64 { None } else { did_you_mean(&nearest(behind, paths.collect())) };
    let hint = near.unwrap_or_else(|| format!("{DESCRIPTION} tells what there is"));
    Reply::refusal(StatusCode::NOT_FOUND, format!("there is nothing at `{path}`"), &hint)
}

fn unanswered(undone: Undone) -> Reply {
    match undone {
        Undone::Busy => {
            let message = "there is too much to do".to_owned();
            Reply::refusal(StatusCode::SERVICE_UNAVAILABLE, message, "try again a little later")
        }
        Undone::Slow => {
            let message = "this takes too long to answer".to_owned();
            let hint = "ask for fewer days or one topic, or ask `digest-search` itself";
            Reply::refusal(StatusCode::SERVICE_UNAVAILABLE, message, hint)
        }
        Undone::Broken => {
            let message = "this could not be answered, by a mistake in the program".to_owned();
            Reply::refusal(StatusCode::INTERNAL_SERVER_ERROR, message, "other questions can still be answered")
        }
    }
}
