//! Output files of reports: regular files are replaced as a whole, nothing else is.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use crate::env::TestEnv;

fn env() -> TestEnv {
    let env = TestEnv::indexed();
    env.write("spec.yaml", "sections: [{query: {text: steel, limit: 1}}]\n");
    env
}

#[test]
fn links_and_modes_of_replaced_files_are_kept() {
    let env = env();
    env.write("kept/report.txt", "old");
    fs::set_permissions(env.path("kept/report.txt"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink(env.path("kept/report.txt"), env.path("link.txt")).unwrap();
    env.ok(&["report", "spec.yaml", "-o", "link.txt"]);
    assert!(fs::symlink_metadata(env.path("link.txt")).unwrap().is_symlink());
    let kept = env.path("kept/report.txt");
    assert!(fs::read_to_string(&kept).unwrap().contains("steel"));
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    let left = fs::read_dir(env.path("kept")).unwrap().count();
    assert_eq!(left, 1, "nothing else is left behind");
}

#[test]
fn only_regular_files_are_replaced() {
    let env = env();
    let spec = fs::read(env.path("spec.yaml")).unwrap();
    assert!(env.fails(&["report", "spec.yaml", "-o", "spec.yaml"]).contains("would overwrite its spec"));
    assert_eq!(fs::read(env.path("spec.yaml")).unwrap(), spec);
    assert!(Command::new("mkfifo").arg(env.path("pipe")).status().unwrap().success());
    for name in ["pipe", "/dev/null"] {
        assert!(env.fails(&["report", "spec.yaml", "-o", name]).contains("not a regular file"), "{name}");
    }
    let name = "x".repeat(250);
    env.ok(&["report", "spec.yaml", "-o", &name]);
}

#[test]
fn every_filter_of_a_section_is_shown() {
    let env = env();
    let filters = "filters: {topic: us-mexico, source: Potomac Wire, lang: en, until: 2026-02-20}\n";
    env.write(
        "spec.yaml",
        format!("{filters}sections: [{{query: {{limit: 1}}}}, {{query: {{topic: [], lang: []}}}}]\n"),
    );
    for format in ["text", "md", "html"] {
        let report = env.ok(&["report", "spec.yaml", "--format", format]);
        for filter in ["source Potomac Wire", "language en", "all topics"] {
            assert!(report.contains(filter), "{format} {filter}: {report}");
        }
    }
}
