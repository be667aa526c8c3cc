//! What is refused before anything is looked at: requests that do not come from the page this server gave
//! out, and bodies that no operation needs.
//!
//! A page of the open web can make a browser send requests to loopback. It cannot know the run's token, it
//! sends its own `Origin`, and a name that it has bound to 127.0.0.1 stands in `Host`.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Largest body that is read, in bytes.
pub const LARGEST_BODY: usize = 4 << 20;

/// The header that carries the token.
pub const TOKEN: &str = "x-goldrule-token";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// What requests are held to.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    hosts: [String; 2],
    token: String,
}

impl Guard {
    /// A guard for a server on this port, with a token of its own.
    ///
    /// # Errors
    /// Where the system has no random numbers.
    pub(crate) fn new(port: u16) -> std::io::Result<Self> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        let token = goldrule_schema::hex(&bytes);
        Ok(Self { hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")], token })
    }

    /// The token of this run.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    fn refusal(&self, request: &Request) -> Option<(StatusCode, &'static str)> {
        let headers = request.headers();
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        if !text("host").is_some_and(|host| self.hosts.iter().any(|known| known == host)) {
            return Some((StatusCode::FORBIDDEN, "wrong Host: use the address that was printed"));
        }
        let ours = |origin: &str| {
            origin.strip_prefix("http://").is_some_and(|host| self.hosts.iter().any(|known| known == host))
        };
        if text("origin").is_some_and(|origin| !ours(origin)) {
            return Some((StatusCode::FORBIDDEN, "wrong Origin: another page asked"));
        }
        if text("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
            && (request.method() != Method::GET || request.uri().path() != "/")
        {
            return Some((StatusCode::FORBIDDEN, "another page asked"));
        }
        if too_long(headers) {
            return Some((StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"));
        }
        let open = [Method::GET, Method::HEAD].contains(request.method())
            && !request.uri().path().starts_with("/api");
        if !open && !text(TOKEN).is_some_and(|token| same(token.as_bytes(), self.token.as_bytes())) {
            return Some((StatusCode::UNAUTHORIZED, "wrong token: use the address that was printed"));
        }
        None
    }
}

fn too_long(headers: &HeaderMap) -> bool {
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    length.is_some_and(|length| length > LARGEST_BODY as u64)
}

/// Whether two strings are equal, in a time that does not tell where they differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// Refuses, or lets through and seals the answer.
pub(crate) async fn stand(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = match guard.refusal(&request) {
        Some((status, why)) => {
            let mut response = (status, why).into_response();
            // What is still to come of a refused body is not read.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            response
        }
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
