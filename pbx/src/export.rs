//! The configuration as a folder of files.

use crate::dialplan::{plan, prompts};
use crate::format::{Section, write};
use crate::phones::phones;
use crate::plan::Plan;
use crate::queues::lines;
use crate::{Configuration, quote};
use std::collections::BTreeMap;

/// Files by name, each with its content.
pub type Folder = BTreeMap<String, String>;

/// The name of the file with the dialplan.
pub const DIALPLAN: &str = "extensions_staffroom.conf";

/// The names of all files that [`files`] or [`realtime_files`] write.
pub const FILES: [&str; 5] = [
    "README",
    DIALPLAN,
    "pjsip_staffroom.conf",
    "prompts_staffroom.tsv",
    "queues_staffroom.conf",
];

/// The folder that a PBX includes: the same description gives the same bytes.
pub fn files(configuration: &Configuration) -> Folder {
    let mut folder = shared(configuration, &plan(configuration).sections(), README);
    let mut objects = Vec::new();
    for phone in phones(configuration).into_values() {
        objects.extend([phone.endpoint, phone.auth, phone.aor]);
    }
    let queues: Vec<Section> = lines(configuration)
        .values()
        .map(|line| line.section())
        .collect();
    let mut put = |name: &str, sections: &[Section]| {
        folder.insert(name.to_owned(), write(&heading(configuration), sections));
    };
    put("pjsip_staffroom.conf", &objects);
    put("queues_staffroom.conf", &queues);
    folder
}

/// What stands in files although the rest is looked up in [`crate::tables`]: contexts with their
/// includes and hints, which realtime tables can't hold.
pub fn realtime_files(configuration: &Configuration) -> Folder {
    let plan: Plan = plan(configuration);
    shared(configuration, &plan.realtime_sections(), REALTIME_README)
}

fn shared(configuration: &Configuration, dialplan: &[Section], readme: &str) -> Folder {
    let mut said = String::new();
    for (name, text) in prompts(configuration) {
        said.push_str(&format!("{name}\t{text}\n"));
    }
    BTreeMap::from([
        (
            DIALPLAN.to_owned(),
            write(&heading(configuration), dialplan),
        ),
        ("prompts_staffroom.tsv".to_owned(), said),
        (
            "README".to_owned(),
            format!("{}\n\n{readme}", quote::line(&configuration.name)),
        ),
    ])
}

fn heading(configuration: &Configuration) -> String {
    let name = quote::line(&configuration.name);
    format!("{name}. Written by Staffroom, which writes it anew. Changes made here are lost.")
}

const README: &str = "\
This folder is the configuration of a PBX (Asterisk 20 or later), written by Staffroom.
Put it into /etc/asterisk/staffroom and add these lines to the files beside it:

  pjsip.conf        #include staffroom/pjsip_staffroom.conf
  queues.conf       shared_lastcall = yes          (in the section [general])
                    #include staffroom/queues_staffroom.conf
  extensions.conf   #include staffroom/extensions_staffroom.conf
  modules.conf      preload = pbx_config.so

Then, in the console (asterisk -rx \"...\"):

  module reload res_pjsip.so
  dialplan reload
  queue reload all

Calls from the trunk go to the context staffroom-numbers. prompts_staffroom.tsv lists what callers
hear: the sound file and its text, to be recorded or spoken by a program.
docs/asterisk.md of Staffroom tells the rest.
";

const REALTIME_README: &str = "\
This folder and the realtime tables beside it are the configuration of a PBX (Asterisk 20 or later),
written by Staffroom. Endpoints, queues, their members and the steps of the dialplan stand in the
tables; here is what tables can't hold. Put the folder into /etc/asterisk/staffroom and add these
lines to the files beside it:

  extensions.conf   #include staffroom/extensions_staffroom.conf
  queues.conf       shared_lastcall = yes          (in the section [general])

What extconfig.conf, sorcery.conf and modules.conf need stands in docs/asterisk.md of Staffroom, under
\"Realtime tables\". Other lines that include files of this folder have to go: everything would be
there twice.

Then, in the console (asterisk -rx \"...\"), after each change of this folder:

  dialplan reload

Tables are read at the next call. Calls from the trunk go to the context staffroom-numbers.
prompts_staffroom.tsv lists what callers hear: the sound file and its text, to be recorded or spoken
by a program.
";
