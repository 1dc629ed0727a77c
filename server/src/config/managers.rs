//! The file of manager interfaces: for each PBX, by its id, where to listen and as whom.

use super::{WrongSetting, where_torn};
use domain::PbxId;
use provisioning::Access;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    address: String,
    username: String,
    secret: String,
}

/// The manager interfaces of a file; none without one.
///
/// # Errors
/// When the file can't be read, or says something else. Nothing in the error is of a secret.
pub(super) fn read(file: Option<&Path>) -> Result<BTreeMap<PbxId, Access>, WrongSetting> {
    let Some(file) = file else {
        return Ok(BTreeMap::new());
    };
    let wrong = |why: String| {
        let why = format!("{}: {why}", file.display());
        WrongSetting::new("pbx-managers", why)
    };
    let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    let entries: BTreeMap<String, Entry> =
        toml::from_str(&text).map_err(|error| wrong(where_torn(&text, &error)))?;
    let access = |(pbx, entry): (String, Entry)| {
        let id = pbx.parse::<PbxId>();
        let id = id.map_err(|_| wrong(format!("“{pbx}” is not the id of a PBX")))?;
        let port = entry
            .address
            .rsplit_once(':')
            .map(|(_, port)| port.parse::<u16>());
        if !matches!(port, Some(Ok(_))) {
            let why = "the address needs a port, such as 127.0.0.1:5038";
            return Err(wrong(format!("{pbx}: {why}")));
        }
        let Entry {
            address,
            username,
            secret,
        } = entry;
        let access = Access {
            address,
            username,
            secret,
        };
        Ok((id, access))
    };
    entries.into_iter().map(access).collect()
}

#[cfg(test)]
mod tests {
    use super::read;
    use std::fs;

    const PBX: &str = "019a0000-0000-7000-8000-000000000001";

    fn file(text: &str) -> Result<Vec<String>, String> {
        let name = format!(
            "staffroom-managers-{}-{}.toml",
            std::process::id(),
            text.len()
        );
        let file = std::env::temp_dir().join(name);
        fs::write(&file, text).unwrap();
        let read = read(Some(&file));
        fs::remove_file(&file).unwrap();
        let shown = |read| format!("{read:?}");
        match read {
            Ok(all) => Ok(all.into_iter().map(shown).collect()),
            Err(wrong) => Err(wrong.why.rsplit(".toml: ").next().unwrap().to_owned()),
        }
    }

    // C-14: where a PBX is listened to is the operator's to say.
    #[test]
    fn manager_interfaces_are_read_and_their_secrets_are_not_shown() {
        let entry = "address = \"10.0.0.7:5038\"\nusername = \"staffroom\"\nsecret = \"s3cret\"\n";
        let read = file(&format!("[{PBX}]\n{entry}")).unwrap();
        assert_eq!(read.len(), 1);
        assert!(read[0].contains("staffroom@10.0.0.7:5038") && !read[0].contains("s3cret"));
    }

    #[test]
    fn what_is_wrong_in_the_file_is_said_without_its_secrets() {
        let refused = |text: &str| file(text).unwrap_err();
        assert_eq!(
            refused("[north]\naddress = \"a:1\"\nusername = \"u\"\nsecret = \"s3cret\"\n"),
            "“north” is not the id of a PBX"
        );
        assert_eq!(
            refused(&format!(
                "[{PBX}]\naddress = \"a\"\nusername = \"u\"\nsecret = \"s3cret\"\n"
            )),
            format!("{PBX}: the address needs a port, such as 127.0.0.1:5038")
        );
        let torn = refused(&format!("[{PBX}]\nsecret = \"s3cret\naddress = 1\n"));
        assert!(
            torn.starts_with("line 2: ") && !torn.contains("s3cret"),
            "{torn}"
        );
        let misspelt = refused(&format!("[{PBX}]\npassword = \"s3cret\"\n"));
        assert!(!misspelt.contains("s3cret"), "{misspelt}");
    }
}
