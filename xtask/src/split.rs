//! Splits the WebAssembly by lazy route, binds it to JavaScript, and names the pieces by content.

use crate::{
    Profile,
    asset::{Asset, digest},
};
use anyhow::{Context, Result, anyhow, ensure};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

const NAME: &str = "staffroom";
/// The loader of the chunks is imported under this name until its content is known.
const LOADER: &str = "__wasm_split.js";

/// The names of what a page must load, as `site.json` tells them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The JavaScript that starts the WebAssembly.
    pub js: String,
    /// The WebAssembly of the first load.
    pub wasm: String,
    /// The JavaScript that loads chunks.
    pub split: String,
    /// Lazy function to the chunks it needs, without `.wasm`.
    pub prefetch: BTreeMap<String, Vec<String>>,
}

/// Makes everything of `pkg/` but the style out of the linked module.
///
/// `folder` is scratch space, emptied first.
pub fn split(wasm: &[u8], folder: &Path, profile: Profile) -> Result<(Entry, Vec<Asset>)> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;

    let main = folder.join("main.wasm");
    let main_js = format!("./{NAME}.js");
    let loader = format!("./{LOADER}");
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &main_js;
    options.link_name = &loader;
    let chunks = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the WebAssembly could not be split: {error:#}"))?;

    Bindgen::new()
        .input_path(&main)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        .demangle(false)
        .keep_lld_exports(true)
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen")?;
    ensure!(
        !folder.join("snippets").exists(),
        "a dependency brings JavaScript files of its own; the site has no place for them yet"
    );

    let mut renamed = BTreeMap::new();
    let mut assets = Vec::new();
    for path in &chunks.split_modules {
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .context("a chunk without a name")?;
        let mut bytes = fs::read(path)?;
        if profile == Profile::Release {
            bytes = without_custom_sections(&bytes)?;
        }
        let asset = Asset::hashed(&shortened(stem), "wasm", bytes);
        renamed.insert(stem.to_owned(), asset.name().to_owned());
        assets.push(asset);
    }

    let wasm = fs::read(folder.join(format!("{NAME}_bg.wasm")))?;
    let wasm = Asset::hashed(NAME, "wasm", wasm);
    let js = fs::read_to_string(folder.join(format!("{NAME}.js")))?;
    let loader = fs::read_to_string(folder.join(LOADER))?;
    let loader = with_chunks_renamed(&loader, &renamed)?;

    // The two scripts import each other, so they share the digest of what both say.
    let version = digest([js.as_str(), loader.as_str()]);
    let entry = Entry {
        js: format!("{NAME}.{version}.js"),
        wasm: wasm.name().to_owned(),
        split: format!("split.{version}.js"),
        prefetch: prefetch(chunks.prefetch_map, &renamed)?,
    };
    let js = replaced(
        &js,
        &format!("from \"./{LOADER}\""),
        &format!("from \"./{}\"", entry.split),
    )?;
    let loader = replaced(
        &loader,
        &format!("from \"{main_js}\""),
        &format!("from \"./{}\"", entry.js),
    )?;
    assets.push(wasm);
    assets.push(Asset::packaged(&entry.js, js.into_bytes()));
    assets.push(Asset::packaged(&entry.split, loader.into_bytes()));
    Ok((entry, assets))
}

/// `split___employees_View_6412…` as `employees`: the digest of the content tells chunks apart.
fn shortened(stem: &str) -> String {
    let name = stem.strip_prefix("split_").unwrap_or(stem);
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
    let name = name.trim_start_matches('_');
    let name = name
        .strip_suffix("_View")
        .or_else(|| name.strip_suffix("_view"))
        .unwrap_or(name);
    name.to_ascii_lowercase()
}

fn with_chunks_renamed(loader: &str, renamed: &BTreeMap<String, String>) -> Result<String> {
    let mut loader = loader.to_owned();
    for (stem, name) in renamed {
        loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{name}\""));
    }
    for part in loader.split("new URL(\"./").skip(1) {
        let name = part.split('"').next().unwrap_or_default();
        ensure!(
            renamed.values().any(|known| known == name),
            "the loader asks for a chunk that does not exist: {name}"
        );
    }
    Ok(loader)
}

fn prefetch(
    chunks: impl IntoIterator<Item = (String, Vec<String>)>,
    renamed: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Vec<String>>> {
    let name = |stem: String| {
        let name = renamed
            .get(&stem)
            .with_context(|| format!("no file was written for the chunk {stem}"))?;
        Ok(name.trim_end_matches(".wasm").to_owned())
    };
    chunks
        .into_iter()
        .map(|(function, stems)| {
            let mut names = stems.into_iter().map(name).collect::<Result<Vec<_>>>()?;
            names.sort();
            Ok((function, names))
        })
        .collect()
}

fn replaced(text: &str, from: &str, to: &str) -> Result<String> {
    // wasm-bindgen and wasm-split differ in their quotes.
    let single = from.replace('"', "'");
    ensure!(
        text.contains(from) || text.contains(&single),
        "the generated JavaScript has no {from}"
    );
    Ok(text.replace(from, to).replace(&single, to))
}

/// A module without names and other notes: the browser runs none of them.
fn without_custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    const HEADER: usize = 8;
    let mut kept = module
        .get(..HEADER)
        .context("a chunk is not WebAssembly")?
        .to_vec();
    let mut rest = &module[HEADER..];
    while let Some((&id, after_id)) = rest.split_first() {
        let (length, digits) = unsigned(after_id)?;
        let end = 1 + digits + length;
        let section = rest.get(..end).context("a chunk ends too early")?;
        if id != 0 {
            kept.extend_from_slice(section);
        }
        rest = &rest[end..];
    }
    Ok(kept)
}

/// An unsigned LEB128 number, and how many bytes it took.
fn unsigned(bytes: &[u8]) -> Result<(usize, usize)> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Ok((value, index + 1));
        }
    }
    Err(anyhow!("a chunk holds a broken length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_go_and_others_stay() {
        let header = *b"\0asm\x01\0\0\0";
        let types = [1, 1, 0];
        let names = [0, 5, 4, b'n', b'a', b'm', b'e'];
        let module = [&header[..], &names, &types, &names].concat();
        let kept = without_custom_sections(&module).unwrap();
        assert_eq!(kept, [&header[..], &types].concat());
        assert!(without_custom_sections(&module[..module.len() - 1]).is_err());
    }

    #[test]
    fn a_length_can_take_several_bytes() {
        assert_eq!(unsigned(&[0x05]).unwrap(), (5, 1));
        assert_eq!(unsigned(&[0x80, 0x01, 0xff]).unwrap(), (128, 2));
        assert!(unsigned(&[0x80]).is_err());
    }

    #[test]
    fn an_unknown_chunk_is_an_error() {
        let renamed = BTreeMap::from([("split_a".to_owned(), "a.1.wasm".to_owned())]);
        let loader = "fetch(new URL(\"./split_a.wasm\", import.meta.url))";
        assert!(
            with_chunks_renamed(loader, &renamed)
                .unwrap()
                .contains("\"./a.1.wasm\"")
        );
        assert!(with_chunks_renamed("new URL(\"./split_b.wasm\")", &renamed).is_err());
    }
}
