//! Runs to disturb with a fault, and the invariants after it.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::env::{TestEnv, digest};

/// A run of `index` and its initial state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scene {
    /// No index.
    First,
    /// Some digests were added, edited and removed.
    Update,
    /// The same in each of two corpora.
    Corpora,
    /// A rebuild.
    Rebuild,
    /// An index of another version.
    Upgrade,
}

impl Scene {
    pub const ALL: [Self; 5] = [Self::First, Self::Update, Self::Corpora, Self::Rebuild, Self::Upgrade];

    /// The arguments.
    pub fn args(self) -> &'static [&'static str] {
        match self {
            Self::Rebuild => &["index", "corpus", "--rebuild"],
            Self::Corpora => &["index", "corpus", "papers"],
            _ => &["index", "corpus"],
        }
    }
}

/// A prepared scene, with the answers that readers may see.
pub struct Set {
    pub env: TestEnv,
    pub scene: Scene,
    before: Option<Vec<String>>,
    after: Vec<String>,
}

impl Set {
    pub fn new(scene: Scene) -> Self {
        let env = TestEnv::with_digests(20);
        let corpora: &[&str] = if scene == Scene::Corpora { &["corpus", "papers"] } else { &["corpus"] };
        if scene == Scene::Corpora {
            (1..=20).for_each(|day| env.write(&format!("papers/t/2026-01-{day:02}.md"), digest(day, "paper")));
        }
        let before = (scene != Scene::First).then(|| {
            env.ok(&[&["index"], corpora].concat());
            env.entries()
        });
        if matches!(scene, Scene::Update | Scene::Corpora) {
            for corpus in corpora {
                env.write(&format!("{corpus}/t/2026-01-03.md"), digest(3, "edited"));
                env.write(&format!("{corpus}/t/2026-01-25.md"), digest(25, "added"));
                env.remove(&format!("{corpus}/t/2026-01-04.md"));
            }
        }
        let before = if scene == Scene::Upgrade {
            let path = env.path("index/g1/commit-1");
            let commit = fs::read(&path).unwrap();
            fs::write(
                &path,
                [&b"{\"version\":1,"[..], &commit[commit.iter().position(|b| *b == b',').unwrap() + 1..]].concat(),
            )
            .unwrap();
            None
        } else {
            before
        };
        Self { after: fresh(&env), env, scene, before }
    }

    /// The run to disturb.
    pub fn start(&self) -> Child {
        self.env.command(self.scene.args()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Checks that readers see the old or the new commit, the new one if the run reported
    /// success, and that the next run succeeds and leaves nothing behind.
    pub fn check(&self, fault: &str, is_done: bool) {
        let scene = self.scene;
        // Files of another version are not verified.
        let verify = if scene == Scene::Upgrade { "--format=ids" } else { "--verify" };
        let run = self.env.run(&["query", "--all-copies", "--limit", "all", verify]);
        if run.code == 2 && self.before.is_none() && !is_done {
            assert!(
                run.stderr.contains("no index in") || run.stderr.contains("another version"),
                "{scene:?} {fault}: {run:?}"
            );
        } else {
            assert_eq!(run.code, 0, "{scene:?} {fault}: {run:?}");
            let entries = self.env.entries();
            let is_before = Some(&entries) == self.before.as_ref() && !is_done;
            assert!(entries == self.after || is_before, "{scene:?} {fault}: {entries:?}");
        }
        // The indexed folder, or the default one without an index.
        let run = self.env.run(&["index"]);
        assert_eq!(run.code, 0, "{scene:?} {fault}: {run:?}");
        assert!(!run.stderr.contains("damaged"), "{scene:?} {fault}: {run:?}");
        assert_eq!(self.env.entries(), self.after, "{scene:?} {fault}");
        self.env.ok(&["query", "--verify"]);
        self.leaves_nothing(fault);
        self.leaves_nothing_within(fault);
        self.env.write("corpus/t/2026-01-28.md", digest(28, "next"));
        self.env.ok(if scene == Scene::Corpora { scene.args() } else { &["index", "corpus"] });
        self.env.ok(&["query", "--verify"]);
        self.leaves_nothing(fault);
        self.leaves_nothing_within(fault);
    }

    /// Checks that a generation has the files of one commit and nothing else.
    fn leaves_nothing_within(&self, fault: &str) {
        let scene = self.scene;
        let current = fs::read_to_string(self.env.path("index/CURRENT")).unwrap();
        let files = self.env.snapshot(&format!("index/{}", current.trim()));
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        let (_, meta) = files.iter().find(|(path, _)| name(path) == "meta.json").unwrap();
        let meta: Value = serde_json::from_slice(meta).unwrap();
        let commit = format!("commit-{}", meta["payload"].as_str().unwrap());
        let ids = meta["segments"].as_array().unwrap().iter().map(|segment| segment["segment_id"].as_str().unwrap());
        let segments: Vec<String> = ids.map(|id| id.replace('-', "")).collect();
        let is_known = |name: &String| {
            let fixed = ["READERS", "meta.json", ".managed.json", "sums", "copies", "sources"].contains(&name.as_str());
            let lock = name.starts_with(".tantivy-") && name.ends_with(".lock");
            fixed || lock || *name == commit || segments.iter().any(|id| name.starts_with(id))
        };
        let strangers: Vec<String> = files.iter().map(|(path, _)| name(path)).filter(|name| !is_known(name)).collect();
        assert!(strangers.is_empty(), "{scene:?} {fault}: {strangers:?} besides {segments:?}");
    }

    /// Checks that there is at most one generation and no leftovers.
    pub fn leaves_nothing(&self, fault: &str) {
        let scene = self.scene;
        let mut names: Vec<_> = fs::read_dir(self.env.path("index"))
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let generations = names.iter().filter(|name| !matches!(name.as_str(), "CURRENT" | "LOCK")).count();
        assert!(generations == usize::from(names[0] == "CURRENT"), "{scene:?} {fault}: {names:?}");
    }
}

/// Answers of a fresh index of the same folders.
pub fn fresh(env: &TestEnv) -> Vec<String> {
    let other = TestEnv::new();
    let [corpus, papers, index] = [env.path("corpus"), env.path("papers"), other.path("index")];
    let papers = papers.exists().then(|| papers.to_str().unwrap());
    let folders: Vec<&str> = corpus.to_str().into_iter().chain(papers).collect();
    other.ok(&[&["index", "--index", index.to_str().unwrap()], &folders[..]].concat());
    other.entries()
}
