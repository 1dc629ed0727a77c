//! The setting `trusted-proxies`: whose word counts about the address a request came from.

use super::WrongSetting;
use std::net::IpAddr;

/// Addresses and networks of proxies, such as `10.0.0.4` or `10.0.0.0/8`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Proxies(Vec<(IpAddr, u8)>);

impl Proxies {
    /// Reads a list of addresses, each perhaps with the length of a network's prefix in bits.
    ///
    /// # Errors
    /// The first that is none.
    pub fn read(texts: &[String]) -> Result<Self, WrongSetting> {
        let read = |text: &String| {
            let why = format!("“{text}” is not an IP address, such as 10.0.0.4 or 10.0.0.0/8");
            network(text.trim()).ok_or_else(|| WrongSetting::new("trusted-proxies", why))
        };
        let listed = texts.iter().filter(|text| !text.trim().is_empty());
        listed.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// From where a request came whose connection is from `peer`: the last address of its
    /// `X-Forwarded-For` lines (in their order) that is not one of a trusted proxy. What stands
    /// before it anybody could have written, so it counts for nothing.
    pub fn client<'a>(&self, peer: IpAddr, forwarded: impl Iterator<Item = &'a str>) -> IpAddr {
        let hops: Vec<&str> = forwarded.flat_map(|line| line.split(',')).collect();
        let mut client = peer.to_canonical();
        for hop in hops.into_iter().rev() {
            if !self.trusts(client) {
                break;
            }
            match hop.trim().parse::<IpAddr>() {
                Ok(address) => client = address.to_canonical(),
                Err(_) => break,
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let within = |(network, length): &(IpAddr, u8)| {
            let (one, other, width) = match (network, address) {
                (IpAddr::V4(one), IpAddr::V4(other)) => {
                    (u128::from(one.to_bits()), u128::from(other.to_bits()), 32)
                }
                (IpAddr::V6(one), IpAddr::V6(other)) => (one.to_bits(), other.to_bits(), 128),
                _ => return false,
            };
            let rest = width - u32::from(*length);
            one.checked_shr(rest) == other.checked_shr(rest)
        };
        self.0.iter().any(within)
    }
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length.parse().ok()?)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let length: u8 = length.unwrap_or(width);
    (length <= width).then_some((address, length))
}
