//! A test environment: a folder for each test, and the program with a clean environment.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

pub struct TestEnv {
    dir: tempfile::TempDir,
}

/// The result of a run of the program.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl TestEnv {
    /// An empty folder.
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A folder with digests `t/2026-01-01.md` to the given day, each with a highlight, two bullets and two titles.
    pub fn with_digests(days: u32) -> Self {
        let env = Self::new();
        for day in 1..=days {
            env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, "plain"));
        }
        env
    }

    /// A folder with the sample corpus.
    pub fn with_sample() -> Self {
        let env = Self::new();
        copy(&sample(), &env.path("corpus"));
        env
    }

    /// A folder with the sample corpus and its index.
    pub fn indexed() -> Self {
        let env = Self::with_sample();
        env.ok(&["index", "corpus"]);
        env
    }

    /// Copies the specs of the project.
    pub fn copy_reports(&self) {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("reports"), &self.path("reports"));
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// A command of the program in this folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_digest-search"));
        command.current_dir(self.dir.path()).env_clear().env("COLUMNS", "80").args(args);
        // Coverage builds write their profile.
        command.envs(std::env::vars_os().filter(|(name, _)| name == "LLVM_PROFILE_FILE"));
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.command(args).output().unwrap().into()
    }

    /// Permissions do not apply to root, so that tests as root run the program as nobody. Some sandboxes allow
    /// neither; the test fails there.
    pub fn as_nobody(&self, args: &[&str]) -> Run {
        const NOBODY: u32 = 65534;
        fs::set_permissions(self.path(""), fs::Permissions::from_mode(0o777)).unwrap();
        // The build folder may be unreadable for nobody; a copy in the test folder is readable.
        let program = self.path("program");
        if !program.exists() {
            // Copied by another process: a program started by a concurrent test would inherit our open file, and a file
            // open for writing cannot be run.
            let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_digest-search")).arg(&program).status().unwrap();
            assert!(copied.success());
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let mut command = Command::new(&program);
        command.current_dir(self.path("")).env_clear().env("COLUMNS", "80").args(args);
        let is_root = fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap().into()
    }

    /// Runs and expects success.
    pub fn ok(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
        run.stdout
    }

    /// Runs and expects an error; returns stderr.
    pub fn fails(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, 2, "{args:?}: {}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout, "", "{args:?}");
        run.stderr
    }

    /// Runs with `--format json` and reads the answer.
    pub fn json(&self, args: &[&str]) -> Value {
        let run = self.run(&[&["--format", "json"], args].concat());
        assert!(run.code < 2, "{args:?}: {}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }

    /// All files below a folder, with their content.
    pub fn snapshot(&self, name: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(self.path(name)).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                files.push((entry.path().to_path_buf(), fs::read(entry.path()).unwrap()));
            }
        }
        files
    }

    /// The ids, texts and dates of all entries, in one order.
    pub fn entries(&self) -> Vec<String> {
        let answer = self.json(&["query", "--all-copies", "--limit", "all", "--sort", "oldest"]);
        let entries = answer["results"].as_array().unwrap();
        assert_eq!(entries.len(), answer["total"].as_u64().unwrap() as usize);
        entries.iter().map(|u| format!("{} {} {} {}", u["id"], u["perspective"], u["date"], u["text"])).collect()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The sample corpus of the project.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Sets the permissions of a file.
pub fn mode(env: &TestEnv, name: &str, mode: u32) {
    fs::set_permissions(env.path(name), fs::Permissions::from_mode(mode)).unwrap();
}

/// A digest of January 2026 with a distinct word.
pub fn digest(day: u32, word: &str) -> String {
    format!(
        "---\ntopic: t\ntopicName: \"Here vs There\"\ndate: 2026-01-{day:02}T04:00:00.000Z\narticleCount: 2\nperspectives:\n  \
         - id: \"here\"\n    name: \"Here\"\n    count: 1\n  - id: \"there\"\n    name: \"There\"\n    count: 1\ndraft: false\n---\n\n\
         ## Overall Highlights\n\n- Highlight {word} of day {day}.\n\n## Here Perspective (Here Sources)\n\n- Bullet {word} here {day}.\n\n\
         ## There Perspective (There Sources)\n\n- Bullet {word} there {day}.\n\n## Sources\n\n\
         1. [en-US] [Title {word} one {day}](https://example.com/{day}/1) - Here Times (1/{day}/2026)\n\
         2. [es-MX] [Título {word} dos {day}](https://example.com/{day}/2) - Diario Allá (1/{day}/2026)\n"
    )
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
