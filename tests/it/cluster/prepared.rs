//! What nodes run on: a Java runtime, and jars and a compiled class that are made once a machine.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::java::{JAVA_MIN, home, java, run};

/// The compiler's main class.
const COMPILER: &str = "org.eclipse.jdt.internal.compiler.batch.Main";

/// A small heap. The second compiler costs more than it saves in a short life.
const OPTIONS: [&str; 4] = ["-Xms400m", "-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

const PROJECT: &str = include_str!("pom.xml");
const NODE: &str = include_str!("Node.java");

/// Where everything is kept that is made once a machine.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("cluster")
}

/// Returns what nodes run on. Where it cannot be had, says why, once, or fails if `REQUIRE_CLUSTER=1`.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn prepared() -> Option<&'static Prepared> {
    static PREPARED: OnceLock<Option<Prepared>> = OnceLock::new();
    let prepare = || match Prepared::new(&folder()) {
        Ok(prepared) => Some(prepared),
        Err(missing) if std::env::var_os("REQUIRE_CLUSTER").is_some_and(|value| value == "1") => {
            panic!("a cluster is required: {missing}")
        }
        Err(missing) => {
            eprintln!("tests on a cluster are skipped: {missing}");
            None
        }
    };
    PREPARED.get_or_init(prepare).as_ref()
}

/// Everything to start a node with.
#[derive(Debug)]
pub struct Prepared {
    java: PathBuf,
    folder: PathBuf,
}

impl Prepared {
    /// Prepares a folder, or returns what is missing. Another process that does the same at once waits.
    pub fn new(folder: &Path) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        fs::create_dir_all(folder).map_err(failed)?;
        let lock = File::create(folder.join("lock")).map_err(failed)?;
        lock.lock().map_err(failed)?;
        let prepared = Self { java: java(folder)?, folder: folder.to_owned() };
        // Written last: what an interrupted run has left is made again, and so is what another version has.
        let done = folder.join("done");
        let content = [PROJECT, NODE].concat();
        if fs::read_to_string(&done).is_ok_and(|done| done == content) {
            return Ok(prepared);
        }
        let _ = fs::remove_dir_all(folder.join("lib"));
        fs::write(folder.join("pom.xml"), PROJECT).map_err(failed)?;
        fs::write(folder.join("Node.java"), NODE).map_err(failed)?;
        prepared.download()?;
        prepared.compile()?;
        prepared.archive_classes()?;
        fs::write(done, content).map_err(failed)?;
        Ok(prepared)
    }

    /// A command that runs a class among the jars.
    fn java(&self, options: &[&str], class: &str) -> Command {
        let mut command = Command::new(&self.java);
        command.args(OPTIONS).args(options).arg("-cp").arg(self.folder.join("lib").join("*")).arg(class);
        command
    }

    /// A command that runs a node.
    pub fn node(&self) -> Command {
        self.java(&[&self.archive("SharedArchiveFile")], "Node")
    }

    /// An option with the path of the archive of classes. Java ignores one that is missing or of another Java.
    fn archive(&self, option: &str) -> String {
        format!("-XX:{option}={}", self.folder.join("node.jsa").display())
    }

    fn download(&self) -> Result<(), String> {
        let mut command = Command::new("mvn");
        command.args(["-B", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib"]).current_dir(&self.folder);
        // Maven itself needs a Java, which may be the wheel's.
        command.envs(home(&self.java).map(|home| ("JAVA_HOME", home)));
        run(&mut command)
    }

    /// Compiles the class and packs it, since no archive is made of classes in a folder.
    fn compile(&self) -> Result<(), String> {
        let lib = self.folder.join("lib");
        let jars = fs::read_dir(&lib).map_err(|error| format!("{}: {error}", lib.display()))?;
        let jars: Vec<OsString> = jars.flatten().map(|jar| jar.path().into_os_string()).collect();
        let mut command = self.java(&[], COMPILER);
        command.args([&format!("-{JAVA_MIN}"), "-nowarn", "-d", "classes", "-cp"]).arg(jars.join(":".as_ref()));
        run(command.arg("Node.java").current_dir(&self.folder))?;
        let mut command = Command::new(&self.java);
        command.args(["-Dpack=lib/node.jar", "-cp", "classes:lib/*", "Node", "classes"]);
        run(command.current_dir(&self.folder))
    }

    /// Starts a node once, to archive the classes that it loads: others then start in half the time.
    fn archive_classes(&self) -> Result<(), String> {
        let files = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = self.java(&["-Dtrial=true", &self.archive("ArchiveClassesAtExit")], "Node");
        command.arg(files.path()).args(["network.host=127.0.0.1", "http.port=0", "transport.port=0"]);
        run(&mut command)
    }
}
