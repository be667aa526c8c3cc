//! What the server refuses.

mod common;

use common::{Server, citation, entry};

#[test]
fn the_page_is_served_sealed() {
    let server = Server::new();
    let page = server.get("/");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<title>goldrule</title>"));
    assert!(!page.body.contains(&server.token), "the page itself knows no token");
    let policy = page.head.lines().find(|line| line.starts_with("content-security-policy:")).unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self';",
        "require-trusted-types-for 'script'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    for header in
        ["x-content-type-options: nosniff", "referrer-policy: no-referrer", "cache-control: no-store"]
    {
        assert!(page.head.contains(header), "{}", page.head);
    }
    assert_eq!(server.get("/assets/main.js").status, 200);
}

#[test]
fn other_hosts_origins_and_tokens_are_refused() {
    let server = Server::new();
    let path = "/api/documents/harbor";
    assert_eq!(server.get(path).status, 200);
    let port = server.host.rsplit(':').next().unwrap();
    assert_eq!(
        server.ask("GET", path, "", &[("host", &format!("localhost:{port}")), ("origin", "")]).status,
        200
    );
    for (header, value, status) in [
        ("host", "example.org", 403),
        ("host", "127.0.0.1", 403),
        ("host", "127.0.0.1.example.org", 403),
        ("host", "127.0.0.1:1", 403),
        ("origin", "http://example.org", 403),
        ("origin", "https://127.0.0.1", 403),
        ("origin", "null", 403),
        ("origin", &format!("https://{}", server.host), 403),
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("x-goldrule-token", "", 401),
        ("x-goldrule-token", "0", 401),
        ("x-goldrule-token", &"0".repeat(48), 401),
        ("x-goldrule-token", &format!("{}0", server.token), 401),
    ] {
        let read = server.ask("GET", path, "", &[(header, value)]);
        assert_eq!(read.status, status, "{header}: {value}");
        assert!(!read.body.contains("Harbor"), "{header}: {value}");
        let written =
            server.ask("POST", &format!("{path}/entries"), &entry(1, &[citation(0, 6)]), &[(header, value)]);
        assert_eq!(written.status, status, "{header}: {value}");
    }
    // Not even the page itself for another name.
    assert_eq!(server.ask("GET", "/", "", &[("host", "example.org")]).status, 403);
    assert_eq!(server.get(path).json()["news"]["seq"], 0, "nothing was written");
    assert!(!server.gold("harbor.json").exists());
}

#[test]
fn no_path_leads_out_of_the_folders() {
    let server = Server::new();
    std::fs::write(server.dir.path().join("secret.txt"), "a secret").unwrap();
    std::fs::write(server.dir.path().join("annotations/secret.json"), "{}").unwrap();
    for id in [
        "../secret",
        "..%2fsecret",
        "%2e%2e%2fsecret",
        "..%2f..%2fsecret",
        "..%5csecret",
        "%2fetc%2fpasswd",
        "harbor%00",
        "harbor.txt",
        ".",
        "..",
        "%252e%252e%252fsecret",
    ] {
        for rest in ["", "/suggestions", "/pairs", "/scores", "/explain?at=0"] {
            let answer = server.get(&format!("/api/documents/{id}{rest}"));
            assert!((400..500).contains(&answer.status), "{id}{rest}: {}", answer.status);
            assert!(!answer.body.contains("secret") || answer.status == 404, "{id}{rest}");
        }
        let answer = server.post(&format!("/api/documents/{id}/entries"), &entry(1, &[citation(0, 1)]));
        assert!((400..500).contains(&answer.status), "{id}: {}", answer.status);
    }
    for path in [
        "/assets/../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2fetc%2fpasswd",
        "/etc/passwd",
        "//etc/passwd",
    ] {
        assert!((400..500).contains(&server.get(path).status), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folders_are_not_followed() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("text"), "a secret").unwrap();
    let gold = dir.path().join("annotations/gold");
    for folder in ["corpus", "annotations/gold", "annotations/elsewhere"] {
        std::fs::create_dir_all(dir.path().join(folder)).unwrap();
    }
    let corpus = dir.path().join("corpus");
    for name in ["text", "gold", "dangling", "journal", "within"] {
        std::fs::write(corpus.join(format!("{name}.txt")), common::TEXT).unwrap();
    }
    std::fs::remove_file(corpus.join("text.txt")).unwrap();
    symlink(outside.path().join("text"), corpus.join("text.txt")).unwrap();
    std::fs::write(
        outside.path().join("gold.json"),
        r#"{"schema_version":1,"document":"gold","agencies":[],"stances":[],"citations":[]}"#,
    )
    .unwrap();
    symlink(outside.path().join("gold.json"), gold.join("gold.json")).unwrap();
    symlink(outside.path().join("dangling.json"), gold.join("dangling.json")).unwrap();
    symlink(outside.path().join("dec"), gold.join("within.decisions.jsonl")).unwrap();
    let server = Server::over(dir);
    for name in ["text", "gold", "dangling"] {
        let answer = server.get(&format!("/api/documents/{name}"));
        assert_eq!(answer.status, 422, "{name}: {}", answer.body);
        assert!(!answer.body.contains("a secret"));
        assert_eq!(
            server.post(&format!("/api/documents/{name}/entries"), &entry(1, &[citation(0, 1)])).status,
            422
        );
    }
    let decision = r#"{ "rejected": true, "origin": "suggestion", "record": { "layer": "citation", "start": 0, "end": 1, "kind": "bill" } }"#;
    assert_eq!(server.post("/api/documents/within/decisions", decision).status, 422);
    std::fs::remove_dir_all(server.gold(".goldrule")).unwrap();
    symlink(outside.path(), server.gold(".goldrule")).unwrap();
    assert_eq!(server.get("/api/documents/journal").status, 422);
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 2, "nothing was made outside");
}

#[test]
fn large_and_odd_bodies_are_refused() {
    let server = Server::new();
    let path = "/api/documents/harbor/entries";
    let began = std::time::Instant::now();
    // Said to be large.
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\nx-goldrule-token: {}\r\ncontent-type: application/json\r\n",
        server.host, server.token
    );
    let mut request = format!("{head}content-length: 104857600\r\n\r\n").into_bytes();
    request.extend(std::iter::repeat_n(b' ', 1 << 10));
    assert_eq!(server.raw(&request).status, 413);
    // Large without saying so, all 100 MB of it.
    let mut request = format!("{head}transfer-encoding: chunked\r\n\r\n").into_bytes();
    for _ in 0..100 {
        request.extend(b"100000\r\n");
        request.extend(std::iter::repeat_n(b' ', 1 << 20));
        request.extend(b"\r\n");
    }
    request.extend(b"0\r\n\r\n");
    let status = server.raw(&request).status;
    assert!(status == 413 || status == 0, "{status}");
    assert!(began.elapsed().as_secs() < 20);
    for body in [
        "",
        "{",
        "[]",
        "null",
        r#"{"client":1}"#,
        r#"{"client":"a","number":1,"kind":"edit","changes":[{"new":{"layer":"gold"}}]}"#,
    ] {
        let answer = server.post(path, body);
        assert!((400..500).contains(&answer.status), "{body}: {}", answer.status);
    }
    for (start, end) in [(5, 5), (9, 3), (0, 4_000_000_000)] {
        assert_eq!(server.post(path, &entry(1, &[citation(start, end)])).status, 409, "{start}..{end}");
    }
    assert_eq!(server.ask("POST", path, &entry(1, &[]), &[("content-type", "text/plain")]).status, 415);
    assert_eq!(server.ask("DELETE", "/api/documents/harbor", "", &[]).status, 405);
    assert_eq!(server.get("/api/documents/harbor").json()["news"]["seq"], 0);
    assert!(!server.gold("harbor.json").exists());
}
