//! Puts the site together in `target/site`: what the server carries, and `site.json` to find it by.

use crate::{
    Profile,
    asset::{Asset, digest},
    compile, publish,
    split::{self, Entry},
    style,
};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    path::Path,
};

/// What `site.json` says; `app::site::Site` reads it.
#[derive(Serialize)]
struct Site<'a> {
    css: &'a str,
    #[serde(flatten)]
    entry: &'a Entry,
}

/// Builds what has changed and leaves the rest alone.
pub fn build(root: &Path, profile: Profile) -> Result<()> {
    let wasm = compile::wasm(root, profile)?;
    let lock = File::create(compile::folder(root).join("site.lock"))?;
    lock.lock().context("another build of the site")?;

    let (entry, mut assets) = pieces(root, &wasm, profile)?;
    let css = style::sheet(&root.join("style"))?;
    let css = Asset::hashed("main", "css", css.into_bytes());
    let site = Site {
        css: css.name(),
        entry: &entry,
    };
    let json = Asset {
        path: "site.json".to_owned(),
        bytes: serde_json::to_vec_pretty(&site)?,
    };
    assets.push(css);
    assets.append(&mut icons(&root.join("style").join("static"))?);
    assets.push(json);

    let folder = root.join("target").join("site");
    fs::create_dir_all(&folder)?;
    publish::publish(&folder, &assets, profile)?;
    report(&folder, &entry);
    Ok(())
}

/// What was made of the same module before, or makes it anew.
fn pieces(root: &Path, wasm: &[u8], profile: Profile) -> Result<(Entry, Vec<Asset>)> {
    #[derive(Serialize, Deserialize)]
    struct Made {
        of: String,
        entry: Entry,
        names: Vec<String>,
    }

    // A changed recipe makes other pieces of the same module.
    let recipe = fs::metadata(std::env::current_exe()?)?;
    let recipe = format!("{} {:?}", recipe.len(), recipe.modified()?);
    let of = digest([recipe.as_bytes(), wasm]);
    let folder = compile::folder(root).join(format!("pieces-{}", profile.folder()));
    let note = folder.join("made.json");
    if let Ok(made) = fs::read(&note)
        && let Ok(made) = serde_json::from_slice::<Made>(&made)
        && made.of == of
    {
        let assets = made
            .names
            .iter()
            .map(|name| Ok(Asset::packaged(name, fs::read(folder.join(name))?)))
            .collect::<Result<_>>()?;
        return Ok((made.entry, assets));
    }

    let (entry, assets) = split::split(wasm, &folder, profile)?;
    for asset in &assets {
        fs::write(folder.join(asset.name()), &asset.bytes)?;
    }
    let made = Made {
        of,
        entry,
        names: assets.iter().map(|asset| asset.name().to_owned()).collect(),
    };
    fs::write(note, serde_json::to_vec(&made)?)?;
    Ok((made.entry, assets))
}

/// Icons and the like, which keep their names.
fn icons(folder: &Path) -> Result<Vec<Asset>> {
    let mut icons = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let entry = entry?;
        icons.push(Asset {
            path: entry
                .file_name()
                .into_string()
                .ok()
                .context("a file whose name is not Unicode")?,
            bytes: fs::read(entry.path())?,
        });
    }
    Ok(icons)
}

/// Tells what a first load costs.
fn report(folder: &Path, entry: &Entry) {
    let size = |name: &str| {
        let path = folder.join("pkg").join(name);
        let compressed = path.with_added_extension("br");
        fs::metadata(compressed)
            .or_else(|_| fs::metadata(path))
            .map_or(0, |file| file.len() / 1024)
    };
    println!(
        "target/site: {} {} KB, {} {} KB; {} lazy functions",
        entry.wasm,
        size(&entry.wasm),
        entry.js,
        size(&entry.js),
        entry.prefetch.len()
    );
}
