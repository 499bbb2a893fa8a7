//! The protocol: requests of a client, and the results.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rmcp::ErrorData;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, DiscoverResult, Implementation,
    InitializeRequestParams, InitializeResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, Resource,
    ResourceContents, ResourceTemplate, ServerCapabilities, ServerConfig, Tool as Description,
};
use rmcp::service::{RequestContext, RoleServer};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::answers::{Answered, Answers};
use super::instructions::instructions;
use super::refresh::Refresh;
use super::resources::{self, MARKDOWN, TEMPLATE};
use super::tool::Tool;
use super::work::{Cost, Work, WorkError};
use crate::backend::did_you_mean;
use crate::failure::Failure;
use crate::index;
use crate::planning::nearest;

/// Time to open the index for the instructions: a client waits for them before it shows anything.
const PATIENCE: Duration = Duration::from_secs(3);

type Context = RequestContext<RoleServer>;

/// The handler of requests.
pub struct Handler {
    pub answers: Arc<Answers>,
    work: Work,
    tools: Vec<Description>,
}

impl Handler {
    pub fn new(index: PathBuf, refresh: Option<Refresh>, budget: usize) -> Self {
        let work = Work::new(index::is_address(&index));
        let tools = Tool::ALL.map(Tool::describe).to_vec();
        Self { answers: Arc::new(Answers::new(index, refresh, budget)), work, tools }
    }

    /// Runs a task that answers a request, until the client cancels it.
    async fn run<T: Send + 'static>(
        &self,
        context: Context,
        work: impl FnOnce(&Answers) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ErrorData> {
        let answers = self.answers.clone();
        let done = self.work.run(Cost::Small, context.ct.cancelled(), move |_| work(&answers)).await;
        done.map_err(protocol_error)?.map_err(|failure| match failure.code() {
            "not_found" | "id" => ErrorData::resource_not_found(failure.text(false), None),
            _ => ErrorData::invalid_params(failure.text(false), None),
        })
    }

    /// Returns the configuration with the instructions for what is indexed.
    async fn described(&self) -> ServerConfig {
        let answers = self.answers.clone();
        // Without an update of the index, which may take longer than a client waits.
        let text = spawn_blocking(move || match answers.current.reader() {
            Ok(reader) => instructions(Ok(reader.catalog())),
            Err(error) => instructions(Err(&answers.for_client(error.into()))),
        });
        let text = match timeout(PATIENCE, text).await {
            Ok(Ok(text)) => text,
            _ => instructions(Err(&Failure::message("busy", "it does not answer yet", ""))),
        };
        self.config().with_instructions(text)
    }

    fn config(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
        let program = Implementation::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities).with_server_info(program.with_title("Digest search"))
    }
}

fn protocol_error(error: WorkError) -> ErrorData {
    match error {
        // The client ignores the answer to a cancelled request.
        WorkError::Cancelled => ErrorData::internal_error("cancelled", None),
        WorkError::Panicked => ErrorData::internal_error("internal error: please report this bug", None),
    }
}

fn unknown_tool(name: &str) -> ErrorData {
    let names: Vec<String> = Tool::ALL.iter().map(|tool| tool.name().to_owned()).collect();
    let suggestion = did_you_mean(&nearest(name, names.iter().cloned().collect())).unwrap_or_default();
    ErrorData::invalid_params(format!("unknown tool `{name}`; {suggestion} valid tools: {}", names.join(", ")), None)
}

impl rmcp::ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        self.config()
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        context: Context,
    ) -> Result<InitializeResult, ErrorData> {
        let negotiated = self.negotiate_initialize(&request)?;
        context.peer.set_peer_info(request);
        Ok(self.described().await.with_protocol_version(negotiated.protocol_version))
    }

    async fn discover(&self, _context: Context) -> Result<DiscoverResult, ErrorData> {
        let versions = self.supported_protocol_versions().into_owned();
        Ok(DiscoverResult::from_server_info(versions, self.described().await))
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: Context,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.clone()))
    }

    fn get_tool(&self, name: &str) -> Option<Description> {
        self.tools.iter().find(|tool| tool.name == name).cloned()
    }

    async fn call_tool(&self, request: CallToolRequestParams, context: Context) -> Result<CallToolResponse, ErrorData> {
        let came = Instant::now();
        let tool = Tool::find(&request.name).ok_or_else(|| unknown_tool(&request.name))?;
        let (answers, arguments) = (self.answers.clone(), request.arguments.unwrap_or_default());
        let cost = tool.cost(&arguments);
        let answer = move |cancelled| answers.answer(tool, arguments, came, cancelled);
        let done = self.work.run(cost, context.ct.cancelled(), answer).await;
        let Answered { text, is_error } = done.map_err(protocol_error)?;
        let content = vec![ContentBlock::text(text)];
        Ok(if is_error { CallToolResult::error(content) } else { CallToolResult::success(content) }.into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: Context,
    ) -> Result<ListResourcesResult, ErrorData> {
        let (came, after) = (Instant::now(), request.and_then(|request| request.cursor));
        let list = move |answers: &Answers| resources::list(after.as_deref(), &answers.reader(came)?, answers.budget);
        let listed = self.run(context, list).await?;
        let resource = |id: &String| Resource::new(resources::address(id), id).with_mime_type(MARKDOWN);
        let mut result = ListResourcesResult::with_all_items(listed.ids.iter().map(resource).collect());
        result.next_cursor = listed.next;
        Ok(result)
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: Context,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let template = ResourceTemplate::new(TEMPLATE, "digest")
            .with_title("A digest")
            .with_description(
                "The digest of a topic and day in Markdown: highlights, bullets and titles with their ids",
            )
            .with_mime_type(MARKDOWN);
        Ok(ListResourceTemplatesResult::with_all_items(vec![template]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: Context,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let (came, uri) = (Instant::now(), request.uri.clone());
        let read = move |answers: &Answers| resources::read(&uri, &answers.reader(came)?, answers.budget);
        let text = self.run(context, read).await?;
        let contents = ResourceContents::text(text, request.uri).with_mime_type(MARKDOWN);
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}
