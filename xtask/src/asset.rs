//! A file of the site, named by what is in it.

use sha2::{Digest, Sha256};

/// A file of the site: its path below the site's root, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Such as `pkg/main.1f2e3d4c5b6a7988.css`.
    pub path: String,
    /// As they are served, before compression.
    pub bytes: Vec<u8>,
}

impl Asset {
    /// A file whose address changes with its content, so that browsers may keep it for ever.
    pub fn hashed(stem: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let name = format!("{stem}.{}.{extension}", digest([&bytes]));
        Self::packaged(&name, bytes)
    }

    /// A file of the package folder under a name that already holds a digest.
    pub fn packaged(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            path: format!("pkg/{name}"),
            bytes,
        }
    }

    /// The name without folders.
    pub fn name(&self) -> &str {
        self.path
            .rsplit_once('/')
            .map_or(self.path.as_str(), |(_, name)| name)
    }
}

/// 16 hexadecimal digits of the SHA-256 of all parts, each counted with its length.
pub fn digest<T: AsRef<[u8]>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        let part = part.as_ref();
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_changes_with_the_content() {
        let one = Asset::hashed("main", "css", b"a{}".to_vec());
        let other = Asset::hashed("main", "css", b"b{}".to_vec());
        assert_eq!(one.name().len(), "main.0123456789abcdef.css".len());
        assert_ne!(one.path, other.path);
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
    }
}
