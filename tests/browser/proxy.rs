//! The pages behind nginx, with its example from packaging/: TLS, a password and a path prefix.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::env::TestEnv;
use crate::http::Server;

const EXAMPLE: &str = include_str!("../../packaging/proxies/nginx.conf");

/// The settings around the example; all files are in one folder.
const REST: &str = "daemon off; error_log DIR/error.log; pid DIR/pid; events {}
http { access_log off; client_body_temp_path DIR/t; proxy_temp_path DIR/t; fastcgi_temp_path DIR/t;
uwsgi_temp_path DIR/t; scgi_temp_path DIR/t;\n";

/// nginx with a certificate for `localhost` and the password `secret` of `reader`.
struct Nginx {
    child: Child,
    folder: TempDir,
}

impl Nginx {
    fn start(ports: [u16; 2], server: &Server) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().display().to_string();
        let request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout";
        let mut openssl = Command::new("openssl");
        openssl.args(request.split(' ')).arg(format!("{dir}/key")).args(["-out", &format!("{dir}/certificate")]);
        assert!(openssl.stderr(Stdio::null()).status().unwrap().success());
        fs::write(folder.path().join("passwords"), "reader:{PLAIN}secret\n").unwrap();
        let mut text = format!("{REST}{EXAMPLE}}}\n").replace("DIR", &dir);
        for (from, to) in [
            ("listen 80;", format!("listen 127.0.0.1:{};", ports[0])),
            ("listen 443 ", format!("listen 127.0.0.1:{} ", ports[1])),
            ("/etc/ssl/news.example.pem", format!("{dir}/certificate")),
            ("/etc/ssl/private/news.example.key", format!("{dir}/key")),
            ("/etc/nginx/digest-search.htpasswd", format!("{dir}/passwords")),
            ("127.0.0.1:7440", server.address.clone()),
            ("server_name news.example", "server_name localhost".to_owned()),
        ] {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, &to);
        }
        fs::write(folder.path().join("conf"), text).unwrap();
        let mut nginx = Command::new("nginx");
        // Workers as the same user, since nobody else may read the folder.
        if rustix::process::geteuid().is_root() {
            nginx.args(["-g", "user root;"]);
        }
        let child = nginx.arg("-c").arg(folder.path().join("conf")).stderr(Stdio::null()).spawn().unwrap();
        Self { child, folder }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end with it.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = fs::read(self.folder.path().join("error.log")).unwrap_or_default();
            let _ = std::io::stderr().write_all(&log);
        }
    }
}

/// Requests a URL with curl; returns the status and the headers.
fn curl(arguments: &[&str]) -> String {
    let patient = ["-sk", "--retry", "20", "--retry-connrefused", "--retry-delay", "1", "-o", "/dev/null", "-D", "-"];
    let output = Command::new("curl").args(patient).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap().to_lowercase()
}

#[test]
#[ignore = "needs nginx, openssl and curl"]
fn pages_work_behind_nginx() {
    let ports = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap()).map(|at| at.local_addr().unwrap().port());
    let base = format!("https://localhost:{}", ports[1]);
    let env = TestEnv::indexed();
    let server = Server::start(&env, &["--public-url", &format!("{base}/digests")]);
    let _nginx = Nginx::start(ports, &server);
    let page = format!("{base}/digests/?q=tariff");
    assert!(
        curl(&[&format!("http://localhost:{}/digests/", ports[0])]).contains("location: https://localhost/digests/")
    );
    assert!(curl(&[&page]).starts_with("http/2 401"));
    for encoding in ["identity", "gzip"] {
        let with = ["-u", "reader:secret", "-H", &format!("Accept-Encoding: {encoding}")];
        let first = curl(&[&with[..], &[&page]].concat());
        assert!(first.starts_with("http/2 200"), "{first}");
        let etag = first.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
        assert_eq!(etag.starts_with("w/"), encoding == "gzip");
        let again = format!("If-None-Match: {}", etag.replace("w/", "W/"));
        assert!(curl(&[&with[..], &["-H", &again, &page]].concat()).starts_with("http/2 304"));
    }

    let browser = Browser::at(base);
    browser.cdp("Network.setExtraHTTPHeaders", json!({ "headers": { "Authorization": "Basic cmVhZGVyOnNlY3JldA==" } }));
    browser.go("/digests/");
    browser.write("#q", "steel");
    browser.until("location.search.includes('q=steel') && document.querySelectorAll('ol.hits > li').length > 0");
    browser.click("#facets section[data-field=perspective] a");
    browser.until("location.search.includes('perspective=')");
    for view in ["compare", "trend", "stories", "gaps"] {
        browser.go("/digests/?q=rare+earths&topic=china-japan");
        let link: String = browser.js(&format!(
            "[...document.querySelectorAll('nav.views a')].find(a => a.pathname === '/digests/{view}').getAttribute('href')"
        ));
        browser.click(&format!("nav.views a[href={link:?}]"));
        browser.until(&format!("location.pathname === '/digests/{view}' && document.querySelector('main')"));
    }
    browser.go("/digests/?q=tariff");
    browser.click("ol.hits a.digest");
    browser.until("location.pathname === '/digests/digest' && document.querySelector(':target')");
}
