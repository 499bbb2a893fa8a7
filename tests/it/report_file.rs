//! Where reports are put: files are replaced whole, and nothing else is.

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
fn a_link_stays_one_and_modes_are_kept() {
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
fn what_is_no_file_of_a_report_is_not_replaced() {
    let env = env();
    let spec = fs::read(env.path("spec.yaml")).unwrap();
    assert!(env.fails(&["report", "spec.yaml", "-o", "spec.yaml"]).contains("would overwrite its spec"));
    assert_eq!(fs::read(env.path("spec.yaml")).unwrap(), spec);
    assert!(Command::new("mkfifo").arg(env.path("pipe")).status().unwrap().success());
    for name in ["pipe", "/dev/null"] {
        assert!(env.fails(&["report", "spec.yaml", "-o", name]).contains("no file"), "{name}");
    }
    let name = "x".repeat(250);
    env.ok(&["report", "spec.yaml", "-o", &name]);
}

#[test]
fn every_filter_of_a_report_is_told() {
    let env = env();
    let filters = "filters: {topic: us-mexico, source: Potomac Wire, lang: en, until: 2026-02-20}\n";
    env.write(
        "spec.yaml",
        format!("{filters}sections: [{{query: {{limit: 1}}}}, {{query: {{topic: [], lang: []}}}}]\n"),
    );
    for format in ["text", "md", "html"] {
        let report = env.ok(&["report", "spec.yaml", "--format", format]);
        for told in ["source Potomac Wire", "language en", "all topics"] {
            assert!(report.contains(told), "{format} {told}: {report}");
        }
    }
}
