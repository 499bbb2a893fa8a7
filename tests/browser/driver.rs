//! Chromium and the program that steers it, both of which end with the test, however it ends.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// What is said where the browser is missing; `tests/all` says the same.
const MISSING: &str = "Chromium and its driver are not installed (on Debian: apt-get install chromium chromium-driver)";

/// Starts the driver and ends it as soon as there is nobody on the other perspective of its input, which is so even where the
/// test was killed. Chromium ends with the driver, since it hangs on a pipe of it.
const START: &str = "chromedriver --port=0 & read -r _; kill -9 $!";

/// What a browser on somebody's desk does and a test does not want: to ask other servers, to greet and to remember.
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
    /// Kept, since the driver would end at the first word that nobody can hear.
    _output: BufReader<ChildStdout>,
    profile: TempDir,
    /// Where it takes commands.
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

    /// A new browser that tells of all it logs and of all it loads.
    pub fn capabilities(&self) -> Map<String, Value> {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let mut flags: Vec<&str> = FLAGS.to_vec();
        flags.push(&profile);
        // For root, Chromium has no sandbox.
        if rustix::process::geteuid().is_root() {
            flags.push("--no-sandbox");
        }
        let Value::Object(capabilities) = json!({
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
