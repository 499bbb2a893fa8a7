//! The files of `packaging/`: scripts that a shell can read, and units that systemd accepts and calls well protected.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::env::TestEnv;

fn packaging(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging").join(name)
}

#[test]
fn scripts_have_valid_syntax() {
    for name in ["release.sh", "tools.sh", "debian/postinst", "debian/prerm", "debian/postrm"] {
        let output = Command::new("sh").arg("-n").arg(packaging(name)).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// The output of systemd-analyze, which is not everywhere, and whether it succeeded.
fn analyze(args: &[&str], file: &Path) -> Option<(bool, String)> {
    let output = Command::new("systemd-analyze").args(args).arg(file).output().ok()?;
    Some((output.status.success(), [output.stdout, output.stderr].map(|out| String::from_utf8(out).unwrap()).concat()))
}

#[test]
fn units_are_valid() {
    let env = TestEnv::new();
    for (file, unit) in [
        ("digest-search.service", "digest-search.service"),
        ("digest-search-report@.service", "digest-search-report@weekly.service"),
        ("digest-search-report@.timer", "digest-search-report@weekly.timer"),
    ] {
        let text = fs::read_to_string(packaging("systemd").join(file)).unwrap();
        env.write(unit, text.replace("=/usr/bin/digest-search", concat!("=", env!("CARGO_BIN_EXE_digest-search"))));
        // Other units of this machine may have mistakes.
        let Some((_, output)) = analyze(&["verify", "--man=no"], &env.path(unit)) else { return };
        assert!(!output.contains(unit), "{output}");
    }
}

#[test]
fn services_are_protected() {
    for name in ["digest-search.service", "digest-search-report@.service"] {
        let unit = packaging("systemd").join(name);
        // Tenths of the levels that `systemd-analyze security` prints, of which 10 is the worst.
        let Some((is_below, output)) = analyze(&["security", "--offline=true", "--threshold=25"], &unit) else {
            return;
        };
        assert!(is_below, "{output}");
    }
}
