//! Splits the WebAssembly by lazy route and binds it to JavaScript.

use crate::{
    Profile,
    asset::Asset,
    bundle::{self, Needs},
};
use anyhow::{Context, Result, anyhow, ensure};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

const NAME: &str = "staffroom";
/// The module from which the WebAssembly imports the functions that load its parts.
const LOADER: &str = "./__wasm_split.js";
/// What is simpler in JavaScript than in WebAssembly.
const LIVE: &str = include_str!("../../frontend/live.js");

/// The names of what a page must load, as `site.json` tells them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The JavaScript that starts the WebAssembly and loads its parts.
    pub js: String,
    /// The WebAssembly of the first load.
    pub wasm: String,
    /// Lazy function to the files it needs, without `.wasm`.
    pub prefetch: Needs,
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
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LOADER;
    let split = wasm_split_cli_support::transform(options)
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

    let mut parts = BTreeMap::new();
    for path in &split.split_modules {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let stem = stem.context("a part without a name")?;
        let bytes = fs::read(path)?;
        let bytes = match profile {
            Profile::Dev => bytes,
            Profile::Release => without_custom_sections(&bytes).context(stem.to_owned())?,
        };
        parts.insert(stem.to_owned(), bytes);
    }
    let needs = split.prefetch_map.into_iter().collect();
    let generated = fs::read_to_string(folder.join(LOADER))?;
    let bundle = bundle::bundle(&needs, &parts, &generated)?;

    let wasm = fs::read(folder.join(format!("{NAME}_bg.wasm")))?;
    let wasm = Asset::hashed(NAME, "wasm", wasm);
    let js = fs::read_to_string(folder.join(format!("{NAME}.js")))?;
    let js = Asset::hashed(NAME, "js", joined(&js, &bundle.loader)?.into_bytes());
    let entry = Entry {
        js: js.name().to_owned(),
        wasm: wasm.name().to_owned(),
        prefetch: bundle.prefetch,
    };
    let mut assets = bundle.files;
    assets.extend([wasm, js]);
    Ok((entry, assets))
}

/// wasm-bindgen's script with the loader inside it rather than imported, once for each function.
fn joined(js: &str, loader: &str) -> Result<String> {
    let import = format!(" from \"{LOADER}\"");
    let import_quoted = import.replace('"', "'");
    let given = format!("\"{LOADER}\": ");
    let mut joined = String::with_capacity(js.len() + loader.len());
    let mut is_given = false;
    for line in js.lines() {
        let code = line.trim_end_matches(';');
        if code.ends_with(&import) || code.ends_with(&import_quoted) {
            continue;
        }
        let is_loader = line.trim_start().starts_with(&given);
        if is_loader && !is_given {
            joined.push_str(&format!("{given}parts,\n"));
            is_given = true;
        } else if !is_loader {
            joined.push_str(line);
            joined.push('\n');
        }
    }
    ensure!(
        is_given,
        "the WebAssembly imports no lazy function, or wasm-bindgen writes it in another way"
    );
    joined.push_str(&format!("const parts = {loader};\n"));
    joined.push_str(LIVE);
    Ok(joined)
}

/// A module without names and other notes: the browser runs none of them.
fn without_custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    const HEADER: usize = 8;
    let (header, mut rest) = module
        .split_at_checked(HEADER)
        .context("this is not WebAssembly")?;
    let mut kept = header.to_vec();
    while let Some((&id, after_id)) = rest.split_first() {
        let (length, digits) = unsigned(after_id)?;
        let (section, others) = rest
            .split_at_checked(1 + digits + length)
            .context("the module ends too early")?;
        if id != 0 {
            kept.extend_from_slice(section);
        }
        rest = others;
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
    Err(anyhow!("the module holds a broken length"))
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
    fn the_loader_stands_in_the_script() {
        let js = "import * as import1 from \"./__wasm_split.js\"\n\
                  import * as import2 from \"./__wasm_split.js\"\n\
                  imports = {\n  \"./__wasm_split.js\": import1,\n  \"./__wasm_split.js\": import2,\n};\n";
        let joined_script = "imports = {\n\"./__wasm_split.js\": parts,\n};\nconst parts = {};\n";
        assert_eq!(joined(js, "{}").unwrap(), [joined_script, LIVE].concat());
        assert!(joined("imports = {};", "{}").is_err());
    }
}
