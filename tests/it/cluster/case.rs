//! A run of the program against a scripted server.

use std::process::Command;

use super::stub::Stub;
use crate::env::{Run, TestEnv, digest};

/// A secret that no output may have.
pub const SECRET: &str = "s3cret";

/// A folder with a digest, and a server that has its index.
pub struct Case {
    pub env: TestEnv,
    pub stub: Stub,
}

impl Case {
    /// Digests of some days that are not indexed.
    pub fn new(days: u32) -> Self {
        Self { env: TestEnv::with_digests(days), stub: Stub::new() }
    }

    /// A digest that is indexed.
    pub fn indexed() -> Self {
        let case = Self::new(1);
        case.succeeds(&["index", "corpus"]);
        case.stub.state().received.clear();
        case
    }

    /// An indexed digest and another that is not.
    pub fn changed() -> Self {
        let case = Self::indexed();
        case.env.write("corpus/t/2026-01-02.md", digest(2, "new"));
        case
    }

    /// A command with an address and a time limit of a second.
    pub fn command(&self, args: &[&str]) -> Command {
        let address = self.stub.address();
        let mut command = self.env.command(&[&["--index", &address], args].concat());
        command.env("DIGEST_SEARCH_TIMEOUT", "1");
        command
    }

    pub fn succeeds(&self, args: &[&str]) -> Run {
        let run = run(&mut self.command(args));
        assert!(run.code < 2, "{args:?}: {}", run.stderr);
        run
    }

    /// Runs and expects an error with these texts, one of them a hint.
    pub fn fails(&self, args: &[&str], texts: &[&str]) {
        fails(&mut self.command(args), texts);
    }
}

/// Runs a command that is to fail with these texts, one of them a hint.
pub fn fails(command: &mut Command, texts: &[&str]) {
    let run = run(command);
    assert_eq!((run.code, &*run.stdout), (2, ""), "{}", run.stderr);
    for text in texts.iter().chain(&["hint: "]) {
        assert!(flat(&run.stderr).contains(text), "no `{text}` in:\n{}", run.stderr);
    }
}

pub fn run(command: &mut Command) -> Run {
    let run: Run = command.output().unwrap().into();
    assert!(!run.stdout.contains(SECRET) && !run.stderr.contains(SECRET), "{}", run.stderr);
    run
}

/// Returns a text without line breaks.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
