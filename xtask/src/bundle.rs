//! Puts the parts of the split WebAssembly into few files, and writes the script that finds them.
//!
//! Splitting makes a part for every set of pages that share something: thirty pages gave 88 parts,
//! and each page needed about thirty of them. So what at least half of the pages need goes into
//! one file, and everything else that a page needs into a file of its own.

use crate::asset::Asset;
use anyhow::{Context, Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// Lazy function to the parts it needs, or to the files.
pub type Needs = BTreeMap<String, Vec<String>>;

/// The parts in their files.
pub struct Bundle {
    /// The common file, if there is one, then one for each lazy function.
    pub files: Vec<Asset>,
    /// Lazy function to its files, without `.wasm`.
    pub prefetch: Needs,
    /// JavaScript: an expression whose value has the functions that the WebAssembly imports.
    pub loader: String,
}

/// Where a part stands.
struct Place {
    file: usize,
    offset: usize,
    length: usize,
}

/// `parts` are the modules by name, `generated` is the loader of `wasm_split_cli_support`.
pub fn bundle(needs: &Needs, parts: &BTreeMap<String, Vec<u8>>, generated: &str) -> Result<Bundle> {
    let common = common(needs);
    let mut files = Vec::new();
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    let mut add = |name: &str, names: &mut dyn Iterator<Item = &String>| -> Result<Option<usize>> {
        let mut bytes = Vec::new();
        let file = files.len();
        for name in names {
            let (name, part) = parts
                .get_key_value(name)
                .with_context(|| format!("no file was written for {name}"))?;
            places.entry(name).or_default().push(Place {
                file,
                offset: bytes.len(),
                length: part.len(),
            });
            bytes.extend_from_slice(part);
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        files.push(Asset::hashed(name, "wasm", bytes));
        Ok(Some(file))
    };

    let shared = add("common", &mut common.iter().copied())?;
    let mut own = BTreeMap::new();
    for (function, names) in needs {
        let mut rare = names.iter().filter(|name| !common.contains(name));
        own.insert(function.as_str(), add(&short(function), &mut rare)?);
    }
    let prefetch = needs
        .keys()
        .map(|function| {
            let files = [shared, own[function.as_str()]]
                .into_iter()
                .flatten()
                .map(|file| files[file].name().trim_end_matches(".wasm").to_owned());
            (function.clone(), files.collect())
        })
        .collect();
    let loader = loader(needs, &files, &places, &own, generated)?;
    Ok(Bundle {
        files,
        prefetch,
        loader,
    })
}

/// The parts that several functions need, and at least half of them.
fn common(needs: &Needs) -> BTreeSet<&String> {
    let mut uses: BTreeMap<&String, usize> = BTreeMap::new();
    for name in needs.values().flatten() {
        *uses.entry(name).or_default() += 1;
    }
    uses.retain(|_, uses| *uses > 1 && *uses * 2 >= needs.len());
    uses.into_keys().collect()
}

/// `__employees_view_6412…` as `employees`; the digest in the name of the file tells two apart.
fn short(function: &str) -> String {
    let name = function.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
    let name = name.strip_suffix("_view").unwrap_or(name);
    name.trim_start_matches('_').to_owned()
}

fn loader(
    needs: &Needs,
    files: &[Asset],
    places: &BTreeMap<&str, Vec<Place>>,
    own: &BTreeMap<&str, Option<usize>>,
    generated: &str,
) -> Result<String> {
    let exported: BTreeSet<&str> = generated
        .lines()
        .filter_map(|line| line.strip_prefix("export const __wasm_split_load_"))
        .filter_map(|line| line.split(' ').next())
        .collect();
    ensure!(
        exported == needs.keys().map(String::as_str).collect(),
        "wasm_split_cli_support exports other functions than it says"
    );

    let names: Vec<String> = files
        .iter()
        .map(|file| format!("./{}", file.name()))
        .collect();
    let mut script = format!(
        "(() => {{\nconst files = {};\n{}{}",
        serde_json::to_string(&names)?,
        shared_imports(generated)?,
        include_str!("loader.js"),
    );
    // A part that is a function's own is no other's: it gets no name.
    let is_own = |name: &str| name.starts_with("split_");
    for (name, places) in places.iter().filter(|(name, _)| !is_own(name)) {
        writeln!(script, "const {name} = once({}, []);", part(places))?;
    }
    script.push_str("return {\n");
    for (function, names) in needs {
        let fetched = names.iter().find(|name| is_own(name));
        let fetched = match fetched {
            Some(name) => part(&places[name.as_str()]),
            None => "() => () => {}".to_owned(),
        };
        // The page's file is asked for first, so that parts which stand in several come from it.
        let file = own[function.as_str()].map(|file| format!("() => file({file})"));
        let others = names.iter().filter(|name| !is_own(name)).cloned();
        let needed: Vec<String> = file.into_iter().chain(others).collect();
        writeln!(
            script,
            "__wasm_split_load_{function}: entry(once({fetched}, [{}])),",
            needed.join(", ")
        )?;
    }
    script.push_str("};\n})()");
    Ok(script)
}

fn part(places: &[Place]) -> String {
    let places: Vec<String> = places
        .iter()
        .map(|place| format!("[{}, {}, {}]", place.file, place.offset, place.length))
        .collect();
    format!("() => part([{}])", places.join(", "))
}

/// The one function of the generated loader whose content only the splitter knows.
fn shared_imports(generated: &str) -> Result<&str> {
    const END: &str = "\n}\n";
    let from = generated.find("let sharedImports = undefined;");
    let text = from.and_then(|from| {
        let end = generated[from..].find(END)?;
        generated.get(from..from + end + END.len())
    });
    text.filter(|text| text.contains("function getSharedImports()"))
        .context("wasm_split_cli_support writes another loader than before")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATED: &str = "import { initSync } from \"./a.js\";\n\n\
        let sharedImports = undefined;\nfunction getSharedImports() {\n    return sharedImports;\n}\n\
        export const __wasm_split_load___one_view_1 = wrap();\n\
        export const __wasm_split_load___two_view_2 = wrap();\n\
        export const __wasm_split_load___three_view_3 = wrap();\n";

    fn needs() -> Needs {
        let needs = [
            (
                "__one_view_1",
                vec!["chunk_1", "chunk_2", "split___one_view_1"],
            ),
            ("__two_view_2", vec!["chunk_1", "split___two_view_2"]),
            ("__three_view_3", vec!["split___three_view_3"]),
        ];
        needs
            .into_iter()
            .map(|(function, parts)| {
                let parts = parts.into_iter().map(str::to_owned).collect();
                (function.to_owned(), parts)
            })
            .collect()
    }

    fn parts() -> BTreeMap<String, Vec<u8>> {
        let names = needs().into_values().flatten();
        names
            .map(|name| (name.clone(), name.into_bytes()))
            .collect()
    }

    #[test]
    fn a_page_needs_two_files_at_most() {
        let bundle = bundle(&needs(), &parts(), GENERATED).unwrap();
        let names: Vec<_> = bundle
            .files
            .iter()
            .map(|file| file.name().split('.').next())
            .collect();
        assert_eq!(
            names,
            [Some("common"), Some("one"), Some("three"), Some("two")]
        );
        assert_eq!(bundle.files[0].bytes, b"chunk_1");
        assert_eq!(bundle.files[1].bytes, b"chunk_2split___one_view_1");
        assert_eq!(bundle.prefetch["__one_view_1"].len(), 2);
        assert!(
            bundle
                .loader
                .contains("const chunk_1 = once(() => part([[0, 0, 7]]), []);")
        );
        assert!(bundle.loader.contains(
            "__wasm_split_load___one_view_1: \
             entry(once(() => part([[1, 7, 18]]), [() => file(1), chunk_1, chunk_2])),"
        ));
    }

    #[test]
    fn a_missing_part_and_another_loader_are_errors() {
        let mut fewer = parts();
        fewer.remove("chunk_2");
        assert!(bundle(&needs(), &fewer, GENERATED).is_err());
        let other = GENERATED.replace("sharedImports", "imports");
        assert!(bundle(&needs(), &parts(), &other).is_err());
        let fewer = GENERATED.replace("__one_view_1", "__four_view_4");
        assert!(bundle(&needs(), &parts(), &fewer).is_err());
    }

    #[test]
    fn names_of_pages_are_short() {
        assert_eq!(short("__employees_view_641277"), "employees");
        assert_eq!(short("__new_employee_view_12"), "new_employee");
    }
}
