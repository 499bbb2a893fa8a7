//! Dispatch of requests: checks, routing, work and reply.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use hyper::header::HeaderMap;
use hyper::{Method, StatusCode, Uri};

use super::PublicUrl;
use super::api_request::ApiRequest;
use super::body::{Body, Memory};
use super::guard::Guard;
use super::limits::Limits;
use super::log::{Log, Notes, RequestLog};
use super::openapi::Description;
use super::pages::{Address, Asset, OPENSEARCH, PAGES, Page, opensearch};
use super::parameters::{Pairs, Parameters, pairs};
use super::reply::{self, ContentType, Reply};
use super::route::{DESCRIPTION, HEALTH, ROUTES, Route};
use super::target::{Target, is_any};
use super::work::Work;
use crate::backend::did_you_mean;
use crate::current::CurrentReader;
use crate::failure::Failure;
use crate::planning::{Reader, nearest};

/// The server's resources and shared state.
pub struct Site {
    pub guard: Guard,
    /// The path prefix, unless a proxy removes it.
    pub prefix: String,
    /// The description of the API.
    pub description: Description,
    pub current: Arc<CurrentReader>,
    pub work: Work,
    /// The memory budget of answers.
    pub memory: Arc<Memory>,
    entries: usize,
    pub log: Option<Box<Log>>,
    pub notes: Option<Box<Notes>>,
}

impl Site {
    /// Returns the site of an index at a listening address and a public URL.
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
            current: Arc::new(CurrentReader::new(index)),
            work: Work::new(limits),
            memory: Memory::new(limits),
            entries: limits.entries,
            log,
            notes: None,
        }
    }

    /// Writes a note to the operator.
    pub fn note(&self, message: &str) {
        if let Some(notes) = &self.notes {
            notes(message);
        }
    }

    /// Answers a request.
    pub async fn answer(&self, peer: SocketAddr, method: &Method, uri: &Uri, headers: &HeaderMap) -> Reply {
        let begin = Instant::now();
        let reply = match self.guard.check(method, uri, headers) {
            Ok(()) if is_any(headers) => self.respond(uri, headers).await.if_none_match_any(),
            Ok(()) => self.respond(uri, headers).await,
            Err(refusal) => refusal,
        };
        if let Some(log) = &self.log {
            let target = uri.path_and_query().map_or("", |target| target.as_str());
            let (status, bytes, took) = (reply.status().as_u16(), reply.len(), begin.elapsed());
            log(&RequestLog { peer, method: method.as_str(), target, status, bytes, took, fault: reply.fault() });
        }
        reply
    }

    async fn respond(&self, uri: &Uri, headers: &HeaderMap) -> Reply {
        let path = uri.path();
        // A proxy may remove the prefix or keep it.
        let rest = path.strip_prefix(&self.prefix).filter(|path| path.starts_with('/')).unwrap_or(path);
        if let Some(asset) = Asset::find(rest) {
            return Reply::fixed(asset.kind(), asset.body());
        }
        let base = self.guard.base(headers);
        if rest == OPENSEARCH {
            return Reply::new(StatusCode::OK, ContentType::OpenSearch, Body::of_text(opensearch(&base)), None);
        }
        let pairs = pairs(uri.query().unwrap_or_default());
        // Without the prefix, so that an ETag does not depend on it.
        let target = Target::new(format!("{rest}?{}", uri.query().unwrap_or_default()), base, headers);
        if let Some((page, path)) = Page::find(rest) {
            return self.page(page, path, pairs, target).await;
        }
        let parameters = match pairs {
            Ok(pairs) => Parameters::new(pairs),
            Err(failure) => return Reply::failure(&failure),
        };
        if rest == DESCRIPTION {
            return self.description(parameters, &target);
        }
        if rest == HEALTH {
            return self.health(parameters).await;
        }
        match Route::find(rest) {
            Some(route) => self.api(route, parameters, target).await,
            None => self.not_found(path, rest),
        }
    }

    /// Answers an API request.
    async fn api(&self, route: Route, parameters: Parameters, target: Target) -> Reply {
        let request = match read(route, parameters) {
            Ok(request) => request,
            Err(failure) => return Reply::failure(&failure),
        };
        let (current, memory, entries) = (self.current.clone(), self.memory.clone(), self.entries);
        let work = move || {
            let reader = current.reader()?.with_memory_limit(entries);
            let reply = api_reply(route, request, &target, &reader, current.index(), &memory);
            current.release(&reader);
            reply
        };
        match self.work.run(route.cost(), work).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(failure)) => Reply::failure(&failure),
            Err(error) => {
                let (status, failure) = error.failure();
                Reply::error(status, &failure).with_cause(&failure)
            }
        }
    }

    /// Answers a request for a page.
    async fn page(&self, page: Page, path: &'static str, pairs: Result<Pairs, Failure>, target: Target) -> Reply {
        let here = Address::new(&self.prefix, path, pairs.as_ref().map_or_else(|_| Vec::new(), Clone::clone));
        let (current, page_address) = (self.current.clone(), here.clone());
        let (memory, entries) = (self.memory.clone(), self.entries);
        let work = move || {
            let pairs = pairs?;
            let reader = current.reader()?.with_memory_limit(entries);
            let etag = target.etag(&reader);
            if target.is_known(&etag) {
                return Ok(Reply::unchanged(ContentType::Html, etag));
            }
            let answered = page.answer(Parameters::new(pairs), &page_address, &reader);
            current.release(&reader);
            let (status, body) = answered?;
            let body = Body::counted(&body, &memory)?;
            Ok(Reply::new(status, ContentType::Html, body, (status == StatusCode::OK).then_some(etag)))
        };
        let (status, failure, cause) = match self.work.run(page.cost(), work).await {
            Ok(Ok(reply)) => return reply,
            Ok(Err(failure)) => (reply::status(&failure), reply::for_client(&failure), failure),
            Err(error) => {
                let (status, failure) = error.failure();
                (status, failure.clone(), failure)
            }
        };
        let body = Body::of_text(page.failed(status, &failure, &here));
        Reply::new(status, ContentType::Html, body, None).with_cause(&cause)
    }

    fn description(&self, parameters: Parameters, target: &Target) -> Reply {
        let Description { body, etag } = &self.description;
        match parameters.finish() {
            Ok(()) if target.is_known(etag) => Reply::unchanged(ContentType::Json, etag.clone()),
            Ok(()) => Reply::new(StatusCode::OK, ContentType::Json, Body::shared(body.clone()), Some(etag.clone())),
            Err(failure) => Reply::failure(&failure),
        }
    }

    /// Tells whether the index can be read. It waits for no turn: a busy server is not a broken one.
    async fn health(&self, parameters: Parameters) -> Reply {
        if let Err(failure) = parameters.finish() {
            return Reply::failure(&failure);
        }
        let current = self.current.clone();
        match self.work.run_at_once(move || current.reader().map(drop)).await {
            Ok(Ok(())) => {
                let body = Body::of_text("{\"status\":\"ok\"}\n".to_owned());
                Reply::new(StatusCode::OK, ContentType::Json, body, None)
            }
            Ok(Err(error)) => Reply::failure(&error.into()),
            Err(error) => {
                let (status, failure) = error.failure();
                Reply::error(status, &failure).with_cause(&failure)
            }
        }
    }

    /// Returns the reply for an unknown path.
    fn not_found(&self, path: &str, rest: &str) -> Reply {
        let is_api = rest.starts_with("/api/");
        let (paths, all): (Vec<&str>, _) = match is_api {
            true => (ROUTES.iter().map(|(path, _)| *path).chain([DESCRIPTION, HEALTH]).collect(), DESCRIPTION),
            false => (PAGES.iter().map(|(path, _)| *path).collect(), "/"),
        };
        // A much longer path resembles none of these.
        let paths = paths.into_iter().filter(|_| rest.len() <= 64).map(str::to_owned).collect();
        let near = did_you_mean(&nearest(rest, paths));
        let hint = near.unwrap_or_else(|| format!("see `{all}`"));
        let failure = Failure::message("not_found", format!("unknown path `{path}`"), &hint);
        let status = StatusCode::NOT_FOUND;
        if is_api {
            return Reply::error(status, &failure);
        }
        let body = Page::Search.failed(status, &failure, &Address::new(&self.prefix, "/", Vec::new()));
        Reply::new(status, ContentType::Html, Body::of_text(body), None)
    }
}

fn read(route: Route, mut parameters: Parameters) -> Result<ApiRequest, Failure> {
    let request = route.read(&mut parameters)?;
    parameters.finish()?;
    request.check()?;
    Ok(request)
}

/// Answers an API request from one commit of the index.
fn api_reply(
    route: Route,
    call: ApiRequest,
    target: &Target,
    reader: &Reader,
    index: &Path,
    memory: &Arc<Memory>,
) -> Result<Reply, Failure> {
    let etag = route.is_stable().then(|| target.etag(reader));
    if let Some(etag) = etag.as_ref().filter(|etag| target.is_known(etag)) {
        return Ok(Reply::unchanged(route.kind(), etag.clone()));
    }
    let (body, is_missing) = call.answer(target, reader, index, memory)?;
    Ok(match is_missing {
        true => Reply::new(StatusCode::NOT_FOUND, route.kind(), body, None),
        false => Reply::new(StatusCode::OK, route.kind(), body, etag).saved_as(route.file_name()),
    })
}
