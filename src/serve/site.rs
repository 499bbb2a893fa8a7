//! From a request to what goes back.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use hyper::header::HeaderMap;
use hyper::{Method, StatusCode, Uri};

use super::PublicUrl;
use super::asked::Asked;
use super::body::{Body, Memory};
use super::current::Current;
use super::guard::Guard;
use super::limits::Limits;
use super::log::{Log, Notes, Served};
use super::openapi::Description;
use super::pages::{Address, Asset, OPENSEARCH, PAGES, Page, opensearch};
use super::parameters::{Pairs, Parameters, pairs};
use super::reply::{self, Kind, Reply};
use super::route::{DESCRIPTION, ROUTES, Route};
use super::target::{Target, is_any};
use super::work::Work;
use crate::backend::did_you_mean;
use crate::failure::Failure;
use crate::planning::{Reader, nearest};

/// All that can be asked for.
pub struct Site {
    pub guard: Guard,
    /// What stands before every path, where it is not taken away by a proxy.
    pub prefix: String,
    /// What tells of all paths.
    pub description: Description,
    pub current: Arc<Current>,
    pub work: Work,
    /// What answers may take.
    pub memory: Arc<Memory>,
    entries: usize,
    pub log: Option<Box<Log>>,
    pub notes: Option<Box<Notes>>,
}

impl Site {
    /// What is asked for of an index at an address, and at the one under which others know it.
    pub fn new(
        index: PathBuf,
        listen: SocketAddr,
        public_url: Option<PublicUrl>,
        log: Option<Box<Log>>,
        limits: &Limits,
    ) -> Self {
        let prefix = public_url.as_ref().map_or(String::new(), |url| url.prefix.clone());
        Self {
            guard: Guard::new(listen, public_url),
            description: Description::new(&prefix),
            prefix,
            current: Arc::new(Current::new(index)),
            work: Work::new(limits),
            memory: Memory::new(limits),
            entries: limits.entries,
            log,
            notes: None,
        }
    }

    /// Tells the operator something.
    pub fn note(&self, what: &str) {
        if let Some(notes) = &self.notes {
            notes(what);
        }
    }

    /// Answers a request.
    pub async fn answer(&self, peer: SocketAddr, method: &Method, uri: &Uri, headers: &HeaderMap) -> Reply {
        let begin = Instant::now();
        let reply = match self.guard.check(method, uri, headers) {
            Ok(()) if is_any(headers) => self.asked(uri, headers).await.none_if_any(),
            Ok(()) => self.asked(uri, headers).await,
            Err(refusal) => refusal,
        };
        if let Some(log) = &self.log {
            let target = uri.path_and_query().map_or("", |target| target.as_str());
            let (status, bytes, took) = (reply.status().as_u16(), reply.len(), begin.elapsed());
            log(&Served { peer, method: method.as_str(), target, status, bytes, took, fault: reply.fault() });
        }
        reply
    }

    async fn asked(&self, uri: &Uri, headers: &HeaderMap) -> Reply {
        let path = uri.path();
        // A proxy may take the prefix away or leave it there.
        let behind = path.strip_prefix(&self.prefix).filter(|path| path.starts_with('/')).unwrap_or(path);
        if let Some(asset) = Asset::find(behind) {
            return Reply::fixed(asset.kind(), asset.body());
        }
        let base = self.guard.base(headers);
        if behind == OPENSEARCH {
            return Reply::new(StatusCode::OK, Kind::OpenSearch, Body::own(opensearch(&base)), None);
        }
        let pairs = pairs(uri.query().unwrap_or_default());
        // Where the same is asked, whatever stands before it.
        let asked = Target::new(format!("{behind}?{}", uri.query().unwrap_or_default()), base, headers);
        if let Some((page, path)) = Page::find(behind) {
            return self.page(page, path, pairs, asked).await;
        }
        let parameters = match pairs {
            Ok(pairs) => Parameters::new(pairs),
            Err(failure) => return Reply::failure(&failure),
        };
        if behind == DESCRIPTION {
            return self.description(parameters, &asked);
        }
        match Route::find(behind) {
            Some(route) => self.api(route, parameters, asked).await,
            None => self.unknown(path, behind),
        }
    }

    /// What a program asks for.
    async fn api(&self, route: Route, parameters: Parameters, target: Target) -> Reply {
        let asked = match read(route, parameters) {
            Ok(asked) => asked,
            Err(failure) => return Reply::failure(&failure),
        };
        let (current, memory, entries) = (self.current.clone(), self.memory.clone(), self.entries);
        let work = move || {
            let reader = current.reader()?.with_room(entries);
            let found = found(route, asked, &target, &reader, current.index(), &memory);
            current.give_back(&reader);
            found
        };
        match self.work.run(route.cost(), work).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(failure)) => Reply::failure(&failure),
            Err(undone) => {
                let (status, failure) = undone.told();
                Reply::told(status, &failure).because(&failure)
            }
        }
    }

    /// What somebody looks at.
    async fn page(&self, page: Page, path: &'static str, pairs: Result<Pairs, Failure>, target: Target) -> Reply {
        let here = Address::new(&self.prefix, path, pairs.as_ref().map_or_else(|_| Vec::new(), Clone::clone));
        let (current, of_page) = (self.current.clone(), here.clone());
        let (memory, entries) = (self.memory.clone(), self.entries);
        let work = move || {
            let pairs = pairs?;
            let reader = current.reader()?.with_room(entries);
            let etag = target.etag(&reader);
            if target.is_known(&etag) {
                return Ok(Reply::unchanged(Kind::Html, etag));
            }
            let answered = page.answer(Parameters::new(pairs), &of_page, &reader);
            current.give_back(&reader);
            let (status, body) = answered?;
            let body = Body::counted(&body, &memory)?;
            Ok(Reply::new(status, Kind::Html, body, (status == StatusCode::OK).then_some(etag)))
        };
        let (status, failure, cause) = match self.work.run(page.cost(), work).await {
            Ok(Ok(reply)) => return reply,
            Ok(Err(failure)) => (reply::status(&failure), reply::for_client(&failure), failure),
            Err(undone) => {
                let (status, failure) = undone.told();
                (status, failure.clone(), failure)
            }
        };
        let body = Body::own(page.failed(status, &failure, &here));
        Reply::new(status, Kind::Html, body, None).because(&cause)
    }

    fn description(&self, parameters: Parameters, target: &Target) -> Reply {
        let Description { body, etag } = &self.description;
        match parameters.finish() {
            Ok(()) if target.is_known(etag) => Reply::unchanged(Kind::Json, etag.clone()),
            Ok(()) => Reply::new(StatusCode::OK, Kind::Json, Body::shared(body.clone()), Some(etag.clone())),
            Err(failure) => Reply::failure(&failure),
        }
    }

    /// Where there is nothing.
    fn unknown(&self, path: &str, behind: &str) -> Reply {
        let is_api = behind.starts_with("/api/");
        let (paths, all): (Vec<&str>, _) = match is_api {
            true => (ROUTES.iter().map(|(path, _)| *path).chain([DESCRIPTION]).collect(), DESCRIPTION),
            false => (PAGES.iter().map(|(path, _)| *path).collect(), "/"),
        };
        // Nobody means one of these by what is much longer.
        let paths = paths.into_iter().filter(|_| behind.len() <= 64).map(str::to_owned).collect();
        let near = did_you_mean(&nearest(behind, paths));
        let hint = near.unwrap_or_else(|| format!("`{all}` leads to all there is"));
        let failure = Failure::message("not_found", format!("there is nothing at `{path}`"), &hint);
        let status = StatusCode::NOT_FOUND;
        if is_api {
            return Reply::told(status, &failure);
        }
        let body = Page::Search.failed(status, &failure, &Address::new(&self.prefix, "/", Vec::new()));
        Reply::new(status, Kind::Html, Body::own(body), None)
    }
}

fn read(route: Route, mut parameters: Parameters) -> Result<Asked, Failure> {
    let asked = route.read(&mut parameters)?;
    parameters.finish()?;
    asked.check()?;
    Ok(asked)
}

/// The answer, from one commit of the index.
fn found(
    route: Route,
    asked: Asked,
    target: &Target,
    reader: &Reader,
    index: &Path,
    memory: &Arc<Memory>,
) -> Result<Reply, Failure> {
    let etag = route.is_stable().then(|| target.etag(reader));
    if let Some(etag) = etag.as_ref().filter(|etag| target.is_known(etag)) {
        return Ok(Reply::unchanged(route.kind(), etag.clone()));
    }
    let (body, is_missing) = asked.answer(target, reader, index, memory)?;
    Ok(match is_missing {
        true => Reply::new(StatusCode::NOT_FOUND, route.kind(), body, None),
        false => Reply::new(StatusCode::OK, route.kind(), body, etag),
    })
}
