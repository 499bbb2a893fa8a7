//! A cluster of OpenSearch on this machine: one process a node, on loopback only.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::port::Port;
use super::prepared::{Prepared, prepared};

/// How long a node may take to start; several of them start on few cores.
const START: Duration = Duration::from_secs(180);

/// Settings of all nodes.
const SETTINGS: [&str; 6] = [
    "cluster.name=test",
    "network.host=127.0.0.1",
    "discovery.type=zen",
    // Else a node without a majority does not answer for half a minute.
    "discovery.initial_state_timeout=0s",
    "cluster.routing.allocation.disk.threshold_enabled=false",
    "action.auto_create_index=false",
];

/// A cluster. It ends with its value, and with the process where that is killed.
pub struct Cluster {
    prepared: &'static Prepared,
    nodes: Vec<Node>,
    settings: Vec<String>,
    /// Files of the nodes.
    folder: TempDir,
}

struct Node {
    /// None while it is down.
    process: Option<Child>,
    http: Port,
    transport: Port,
}

impl Cluster {
    /// Starts a cluster, with further settings as `KEY=VALUE`. `None` where the tests are to be skipped.
    pub fn start(nodes: usize, settings: &[&str]) -> Option<Self> {
        let prepared = prepared()?;
        let node = |_| Node { process: None, http: Port::new(), transport: Port::new() };
        let nodes: Vec<Node> = (0..nodes).map(node).collect();
        let list = |text: &dyn Fn(usize) -> String| (0..nodes.len()).map(text).collect::<Vec<_>>().join(",");
        let seeds = list(&|i| format!("127.0.0.1:{}", nodes[i].transport.number));
        let names = list(&|i| format!("n{i}"));
        let mut all: Vec<String> = SETTINGS.iter().chain(settings).map(|&setting| setting.to_owned()).collect();
        all.push(format!("discovery.seed_hosts={seeds}"));
        all.push(format!("cluster.initial_cluster_manager_nodes={names}"));
        let folder = tempfile::tempdir().expect("a folder for nodes");
        let mut cluster = Self { prepared, nodes, settings: all, folder };
        (0..cluster.nodes.len()).for_each(|i| cluster.spawn(i));
        (0..cluster.nodes.len()).for_each(|i| cluster.wait(i));
        Some(cluster)
    }

    /// Returns the addresses of the nodes, those that are down included.
    pub fn addresses(&self) -> Vec<String> {
        self.nodes.iter().map(Node::address).collect()
    }

    /// Kills a node, as a crash does.
    pub fn kill(&mut self, i: usize) {
        if let Some(mut process) = self.nodes[i].process.take() {
            process.kill().expect("the node is killed");
            process.wait().expect("the node has ended");
        }
    }

    /// Starts a node again, with the same ports and files, and waits until it has joined; where most others are down,
    /// until it answers.
    pub fn restart(&mut self, i: usize) {
        self.kill(i);
        self.spawn(i);
        self.wait(i);
    }

    fn spawn(&mut self, i: usize) {
        let node = &mut self.nodes[i];
        let log = File::options().create(true).append(true).open(log(&self.folder, i)).expect("a log");
        let mut command = self.prepared.node();
        command.arg(self.folder.path().join(format!("n{i}"))).args(&self.settings).arg(format!("node.name=n{i}"));
        command.arg(format!("http.port={}", node.http.number));
        command.arg(format!("transport.port={}", node.transport.number));
        command.stdin(Stdio::piped()).stderr(log.try_clone().expect("a log")).stdout(log);
        node.process = Some(command.spawn().expect("Java starts"));
    }

    /// Waits until a node that was started is ready.
    fn wait(&mut self, i: usize) {
        let up = self.nodes.iter().filter(|node| node.process.is_some()).count();
        let address = self.nodes[i].address();
        // While others are down, a shard may have no copy, or none but one.
        let status = match self.nodes.len() {
            all if up < all => "red",
            1 => "yellow",
            _ => "green",
        };
        let wanted = format!("wait_for_nodes=ge({up})&wait_for_status={status}");
        let health = format!("{address}/_cluster/health?{wanted}&timeout=5s&cluster_manager_timeout=5s");
        let has_majority = up * 2 > self.nodes.len();
        // Without a majority, any answer will do.
        let url = if has_majority { &health } else { &address };
        let config = ureq::Agent::config_builder().proxy(None).http_status_as_error(has_majority);
        let agent = config.timeout_global(Some(Duration::from_secs(10))).build().new_agent();
        let started = Instant::now();
        while agent.get(url).call().is_err() {
            let has_ended = self.nodes[i].process.as_mut().is_none_or(|node| !matches!(node.try_wait(), Ok(None)));
            if has_ended || started.elapsed() > START {
                let log = fs::read_to_string(log(&self.folder, i)).unwrap_or_default();
                let lines: Vec<&str> = log.lines().collect();
                panic!("node {i} does not start:\n{}", lines[lines.len().saturating_sub(40)..].join("\n"));
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        (0..self.nodes.len()).for_each(|i| self.kill(i));
    }
}

impl Node {
    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.http.number)
    }
}

fn log(folder: &TempDir, i: usize) -> PathBuf {
    folder.path().join(format!("n{i}.log"))
}
