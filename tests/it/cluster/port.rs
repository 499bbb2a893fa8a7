//! Ports for nodes.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};

use super::prepared::folder;

/// Ports below those that a system gives to connections, which could take the port of a node that is down.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// A free port, which no other test takes meanwhile, even while its node is down.
pub struct Port {
    pub number: u16,
    _lock: File,
}

impl Port {
    pub fn new() -> Self {
        // Processes begin at different ports, so that one of another folder hardly meets them.
        let skipped = std::process::id() as usize * 16 % PORTS.len();
        let folder = folder().join("ports");
        fs::create_dir_all(&folder).expect("a folder of ports");
        let from = |number: u16| {
            let lock = File::create(folder.join(number.to_string())).ok()?;
            lock.try_lock().ok()?;
            TcpListener::bind((Ipv4Addr::LOCALHOST, number)).ok()?;
            Some(Self { number, _lock: lock })
        };
        let mut numbers = PORTS.cycle().skip(skipped).take(PORTS.len());
        numbers.find_map(from).expect("a free port")
    }
}
