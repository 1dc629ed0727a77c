//! A small HTTP/1.1 client: one connection, kept open, one request at a time.

use std::fmt::Write;
use std::io::{self, Error, ErrorKind};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The most headers of an answer.
const HEADERS: usize = 64;

/// A connection to a server.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    /// What was read and not yet taken.
    read: Vec<u8>,
}

/// An answer, whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Name and value of the cookie that it sets.
    pub cookie: Option<String>,
    pub body: Vec<u8>,
}

struct Head {
    /// Up to where it stands in what was read.
    end: usize,
    status: u16,
    cookie: Option<String>,
    /// The body's length in bytes; `None` when it comes in chunks.
    length: Option<usize>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            read: Vec::with_capacity(64 << 10),
        })
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// When the connection breaks, or what comes is no HTTP.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        let head = loop {
            match head(&self.read)? {
                Some(head) => break head,
                None => self.more().await?,
            }
        };
        self.read.drain(..head.end);
        let body = match head.length {
            Some(length) => self.take(length).await?,
            None => self.chunks().await?,
        };
        Ok(Answer {
            status: head.status,
            cookie: head.cookie,
            body,
        })
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.read).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    async fn take(&mut self, length: usize) -> io::Result<Vec<u8>> {
        while self.read.len() < length {
            self.more().await?;
        }
        let rest = self.read.split_off(length);
        Ok(std::mem::replace(&mut self.read, rest))
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let parsed = httparse::parse_chunk_size(&self.read);
            let parsed = parsed.map_err(|_| no_http("the size of a chunk"))?;
            let httparse::Status::Complete((start, size)) = parsed else {
                self.more().await?;
                continue;
            };
            self.read.drain(..start);
            let size = usize::try_from(size).map_err(Error::other)?;
            body.extend(self.take(size).await?);
            self.take("\r\n".len()).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
}

fn head(read: &[u8]) -> io::Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = response.parse(read).map_err(|_| no_http("a head"))?;
    let httparse::Status::Complete(end) = parsed else {
        return Ok(None);
    };
    let status = response.code.unwrap_or_default();
    let value = |name: &str| {
        let header = response
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name));
        header.and_then(|header| std::str::from_utf8(header.value).ok())
    };
    let length = match (value("content-length"), value("transfer-encoding"), status) {
        (Some(length), _, _) => Some(length.parse().map_err(|_| no_http("a length"))?),
        (None, Some(_), _) => None,
        (None, None, 204 | 304) => Some(0),
        (None, None, _) => return Err(no_http("a length")),
    };
    // The last one: what is begun in a browser comes before the session that it leads to.
    let mut cookies = headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("set-cookie"));
    let cookie = cookies
        .next_back()
        .and_then(|header| std::str::from_utf8(header.value).ok());
    let cookie = cookie.and_then(|cookie| cookie.split(';').next());
    let cookie = cookie.map(str::to_owned);
    Ok(Some(Head {
        end,
        status,
        cookie,
        length,
    }))
}

fn no_http(what: &str) -> Error {
    Error::new(
        ErrorKind::InvalidData,
        format!("{what} was expected in an answer"),
    )
}

/// A page, as a browser asks for it.
pub fn page(path: &str, cookie: &str) -> Vec<u8> {
    request("GET", path, cookie, "accept: text/html\r\n", "")
}

/// A page as browsers really ask for it: compressed.
pub fn compressed_page(path: &str, cookie: &str) -> Vec<u8> {
    let accept = "accept: text/html\r\naccept-encoding: gzip, deflate, br, zstd\r\n";
    request("GET", path, cookie, accept, "")
}

/// What a script of a page reads.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    request("GET", path, cookie, "accept: application/json\r\n", "")
}

/// What a script of a page posts, as JSON.
pub fn post_json(path: &str, cookie: &str, body: &str) -> Vec<u8> {
    let accept = "accept: application/json\r\ncontent-type: application/json\r\n";
    request("POST", path, cookie, accept, body)
}

/// What a script of a page posts, as a form.
pub fn post_form(path: &str, cookie: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let accept = "accept: application/json\r\ncontent-type: application/x-www-form-urlencoded\r\n";
    request("POST", path, cookie, accept, &form(fields))
}

/// The body of a form.
pub fn form(fields: &[(&str, &str)]) -> String {
    fields
        .iter()
        .fold(String::new(), |mut body, (name, value)| {
            let separator = if body.is_empty() { "" } else { "&" };
            let _ = write!(body, "{separator}{}={}", encode(name), encode(value));
            body
        })
}

/// A page of the booking page, or a form of it, as the `number`th customer sends it through a proxy.
pub fn from_customer(method: &str, path: &str, number: usize, body: &str) -> Vec<u8> {
    let headers = format!(
        "accept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         x-forwarded-for: 10.{}.{}.7\r\n",
        number / 250,
        number % 250
    );
    request(method, path, "", &headers, body)
}

fn request(method: &str, path: &str, cookie: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let mut text = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: staffroom-bench\r\n\
         sec-fetch-site: same-origin\r\n{headers}"
    );
    if !cookie.is_empty() {
        let _ = write!(text, "cookie: {cookie}\r\n");
    }
    if method == "POST" {
        let _ = write!(text, "content-length: {length}\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// Percent-encoding of a name or value (RFC 3986 §2.1).
pub fn encode(text: &str) -> String {
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut encoded, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    encoded.push(char::from(byte));
                }
                _ => {
                    let _ = write!(encoded, "%{byte:02X}");
                }
            }
            encoded
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn reads_answers_of_known_length_and_in_chunks() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            for answer in [
                "HTTP/1.1 200 OK\r\nset-cookie: a=b; Path=/\r\ncontent-length: 2\r\n\r\nok",
                "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
            ] {
                let _ = stream.read(&mut asked).await.unwrap();
                for part in answer.as_bytes().chunks(7) {
                    stream.write_all(part).await.unwrap();
                }
            }
        });
        let mut connection = Connection::open(address).await.unwrap();
        let first = connection.send(&get("/", "")).await.unwrap();
        assert_eq!((first.status, first.cookie.as_deref()), (200, Some("a=b")));
        assert_eq!(first.body, b"ok");
        let second = connection.send(&get("/", "")).await.unwrap();
        assert_eq!(
            (second.status, second.body.as_slice()),
            (404, b"abcde".as_slice())
        );
    }
}
