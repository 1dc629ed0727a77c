//! The addresses at which a provider may be.

/// How long an address may be, in bytes.
const BYTES_MAX: usize = 2048;

/// Whether an address is one to which we send a browser: https, or http on this machine, without
/// a user, a fragment, spaces, quotes or backslashes, and in ASCII.
#[must_use]
pub fn is_provider_address(address: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}#".contains(&byte);
    if address.len() > BYTES_MAX || !address.bytes().all(plain) {
        return false;
    }
    if let Some(rest) = address.strip_prefix("https://") {
        host(rest).is_some()
    } else if let Some(rest) = address.strip_prefix("http://") {
        host(rest).is_some_and(is_loopback)
    } else {
        false
    }
}

/// The host of what follows `https://`, if it is followed by a port, a path or a query at most.
fn host(rest: &str) -> Option<&str> {
    let authority = rest.split(['/', '?']).next()?;
    let (host, port) = if authority.starts_with('[') {
        let end = authority.find(']')? + 1;
        authority.split_at(end)
    } else {
        authority.split_at(authority.find(':').unwrap_or(authority.len()))
    };
    let port_fits = match port.strip_prefix(':') {
        Some(digits) => digits.parse::<u16>().is_ok(),
        None => port.is_empty(),
    };
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte);
    (!host.is_empty() && port_fits && host.bytes().all(named)).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    let v4 = host.parse::<std::net::Ipv4Addr>();
    host == "localhost" || host == "[::1]" || v4.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_provider_address;

    #[test]
    fn addresses_are_https_or_on_this_machine() {
        for address in [
            "https://idp.example/sso",
            "https://idp.example:8443/sso?tenant=1&x=%20",
            "https://[2001:db8::1]/",
            "http://localhost:8080/realms/x",
            "http://127.0.0.1/",
            "http://[::1]:8080/",
        ] {
            assert!(is_provider_address(address), "{address}");
        }
        for address in [
            "",
            "https://",
            "https:///sso",
            "https://:443/",
            "HTTPS//idp.example",
            "javascript:alert(1)",
            "http://idp.example/sso",
            "http://localhost@idp.example/",
            "http://localhost.idp.example/",
            "http://127.0.0.1.idp.example/",
            "https://user:secret@idp.example/",
            "https://idp.example\\@localhost/",
            "https://idp.example/#fragment",
            "https://idp.example/a b",
            "https://idp.example/\"",
            "https://idp.example:port/",
            "https://idp.example\n/",
            "https://idp\u{e9}.example/",
        ] {
            assert!(!is_provider_address(address), "{address}");
        }
    }
}
