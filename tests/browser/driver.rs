//! Chromium and its driver, both of which end with the test.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// The message if the browser is missing; the same as in `tests/all`.
const MISSING: &str = "Chromium and its driver are not installed (on Debian: apt-get install chromium chromium-driver)";

/// Starts the driver and ends it as soon as there is nobody on the other perspective of its input, which is so even where the
/// test was killed. Chromium ends with the driver, since it hangs on a pipe of it.
const START: &str = "chromedriver --port=0 & read -r _; kill -9 $!";

/// Features of desktop browsers to disable: requests to other servers, welcome pages and history.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

pub struct Driver {
    shell: Child,
    input: Option<ChildStdin>,
    /// Kept open, since the driver ends when it cannot write.
    _output: BufReader<ChildStdout>,
    profile: TempDir,
    /// The address of its interface.
    pub url: String,
}

impl Driver {
    pub fn start() -> Self {
        assert!(["chromium", "chromedriver"].into_iter().all(is_installed), "{MISSING}");
        let profile = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.env("TMPDIR", profile.path());
        command.args(["-c", START]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = command.spawn().unwrap();
        let input = shell.stdin.take();
        let mut output = BufReader::new(shell.stdout.take().unwrap());
        let mut lines = output.by_ref().lines().map_while(Result::ok);
        let port =
            lines.find_map(|line| Some(line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned()));
        let url = format!("http://127.0.0.1:{}", port.expect("chromedriver does not start"));
        Self { shell, input, _output: output, profile, url }
    }

    /// A new session with logs of the console and of requests.
    pub fn capabilities(&self) -> Map<String, Value> {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let mut flags: Vec<&str> = FLAGS.to_vec();
        flags.push(&profile);
        // As root, Chromium has no sandbox.
        if rustix::process::geteuid().is_root() {
            flags.push("--no-sandbox");
        }
        let Value::Object(capabilities) = json!({
            "acceptInsecureCerts": true,
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        }) else {
            unreachable!()
        };
        capabilities
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.shell.wait();
    }
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
