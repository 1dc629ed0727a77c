//! Which addresses our server may call: https ones that lead outside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Whether addresses that point inward may be called: loopback, private, link-local and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inward {
    /// For a server that many organisations share.
    Refused,
    /// For a provider in one's own network, and for tests. Loopback may then be plain http.
    Allowed,
}

/// Why an address is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is not absolute, or has credentials or a fragment in it.
    Address,
    /// It is not https.
    Insecure,
    /// It points into our own network.
    Inward,
}

/// Parses an address that is to be called and checks all that can be seen without a name look-up.
///
/// # Errors
/// Says what is wrong with it.
pub fn admit(address: &str, inward: Inward) -> Result<Url, Refused> {
    let url = Url::parse(address).map_err(|_| Refused::Address)?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let host = url.host().filter(|_| plain).ok_or(Refused::Address)?;
    let secure = match url.scheme() {
        "https" => true,
        "http" => inward == Inward::Allowed && is_loopback(&host),
        _ => false,
    };
    if !secure {
        return Err(Refused::Insecure);
    }
    // A literal is connected to without asking the resolver, so this is its only check.
    let literal = match host {
        Host::Domain(_) => None,
        Host::Ipv4(v4) => Some(IpAddr::V4(v4)),
        Host::Ipv6(v6) => Some(IpAddr::V6(v6)),
    };
    if inward == Inward::Refused && literal.is_some_and(points_inward) {
        return Err(Refused::Inward);
    }
    Ok(url)
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(v4) => v4.is_loopback(),
        Host::Ipv6(v6) => v6.is_loopback(),
    }
}

/// Whether an address is not one of the public internet (the IANA special-purpose registries).
pub fn points_inward(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4_points_inward(v4),
        IpAddr::V6(v6) => v6_points_inward(v6),
    }
}

fn v4_points_inward(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    match a {
        // This network, private, loopback.
        0 | 10 | 127 => true,
        // Shared by carriers (RFC 6598).
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        // Protocol assignments, private.
        192 => b == 168 || (b == 0 && c == 0),
        // Benchmarks (RFC 2544).
        198 => b == 18 || b == 19,
        // Multicast, reserved, broadcast.
        224.. => true,
        _ => false,
    }
}

fn v6_points_inward(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let v4_at = |at: usize| {
        let [a, b] = segments[at].to_be_bytes();
        let [c, d] = segments[at + 1].to_be_bytes();
        v4_points_inward(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // Unspecified, loopback, and the old way to write an IPv4 address.
        [0, 0, 0, 0, 0, 0, ..] => true,
        // An IPv4 address in disguise: mapped, translated by NAT64, or 6to4.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => v4_at(6),
        [0x2002, ..] => v4_at(1),
        // NAT64 of one's own network, and Teredo.
        [0x64, 0xff9b, 1, ..] | [0x2001, 0, ..] => true,
        // Unique local, link-local, site-local of old, multicast.
        [first, ..] => matches!(first >> 8, 0xfc | 0xfd | 0xff) || (first & 0xff80) == 0xfe80,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_ones_own_network_point_inward() {
        for inward in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::1",
            "2001::1",
            "2002:7f00:1::",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(points_inward(inward.parse().unwrap()), "{inward}");
        }
    }

    #[test]
    fn addresses_of_the_internet_do_not() {
        for outward in [
            "1.1.1.1",
            "9.9.9.9",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2002:101:101::",
        ] {
            assert!(!points_inward(outward.parse().unwrap()), "{outward}");
        }
    }

    #[test]
    fn an_address_is_admitted_by_scheme_and_host() {
        let refused = |address: &str| admit(address, Inward::Refused).map(drop);
        let allowed = |address: &str| admit(address, Inward::Allowed).map(drop);
        assert_eq!(refused("https://id.example/a?b=c"), Ok(()));
        assert_eq!(refused("http://id.example/"), Err(Refused::Insecure));
        assert_eq!(allowed("http://id.example/"), Err(Refused::Insecure));
        assert_eq!(refused("http://127.0.0.1/"), Err(Refused::Insecure));
        assert_eq!(allowed("http://127.0.0.1/"), Ok(()));
        assert_eq!(allowed("http://localhost/"), Ok(()));
        assert_eq!(allowed("http://10.0.0.1/"), Err(Refused::Insecure));
        assert_eq!(allowed("https://10.0.0.1/"), Ok(()));
        // The many ways to write loopback.
        for literal in [
            "127.1",
            "2130706433",
            "0x7f000001",
            "017700000001",
            "[::1]",
            "[::ffff:7f00:1]",
        ] {
            let address = format!("https://{literal}/");
            assert_eq!(refused(&address), Err(Refused::Inward), "{literal}");
        }
        for crooked in [
            "id.example",
            "https://",
            "https://me@id.example/",
            "https://:x@id.example/",
            "https://id.example/#top",
        ] {
            assert_eq!(refused(crooked), Err(Refused::Address), "{crooked}");
        }
        assert_eq!(refused("file://id.example/etc"), Err(Refused::Insecure));
    }
}
