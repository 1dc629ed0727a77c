//! Writes the files of the site beside their compressed forms, and removes what is no longer used.

use crate::{Profile, asset::Asset};
use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Brings `folder` to hold exactly these files; a file that is there already is left alone, so
/// that nothing which watches the folder is woken for nothing.
pub fn publish(folder: &Path, assets: &[Asset], profile: Profile) -> Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(asset) = assets.get(next.fetch_add(1, Ordering::Relaxed)) {
            write(folder, asset, profile).with_context(|| asset.path.clone())?;
        }
        Ok(())
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })?;

    let wanted = assets
        .iter()
        .flat_map(|asset| paths(folder, asset, profile))
        .collect();
    remove_others(folder, &wanted)
}

/// The plain file, then its compressed forms.
fn paths(folder: &Path, asset: &Asset, profile: Profile) -> Vec<PathBuf> {
    let mut paths = vec![folder.join(&asset.path)];
    if profile == Profile::Release && compressible(&asset.path) {
        paths.push(folder.join(format!("{}.br", asset.path)));
        paths.push(folder.join(format!("{}.gz", asset.path)));
    }
    paths
}

fn compressible(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(
        extension,
        "js" | "wasm" | "css" | "svg" | "json" | "txt" | "webmanifest"
    ) && path != "site.json"
}

fn write(folder: &Path, asset: &Asset, profile: Profile) -> Result<()> {
    let paths = paths(folder, asset, profile);
    let plain = &paths[0];
    if paths.iter().all(|path| path.exists()) && fs::read(plain)? == asset.bytes {
        return Ok(());
    }
    if let Some(parent) = plain.parent() {
        fs::create_dir_all(parent)?;
    }
    // The plain file comes last: as long as it is missing, the others count for nothing.
    if plain.exists() {
        fs::remove_file(plain)?;
    }
    if let [_, br, gz] = &paths[..] {
        fs::write(br, brotli(&asset.bytes)?)?;
        fs::write(gz, gzip(&asset.bytes)?)?;
    }
    let unfinished = plain.with_added_extension("unfinished");
    fs::write(&unfinished, &asset.bytes)?;
    fs::rename(&unfinished, plain)?;
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn remove_others(folder: &Path, wanted: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, wanted)?;
        } else if !wanted.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
