//! Which settings are taken, from where, and what is said of a wrong one.

use super::*;
use clap::Parser;
use std::os::unix::fs::PermissionsExt;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    flags: Flags,
}

fn read(arguments: &[&str]) -> Result<Config, WrongSetting> {
    let line = Line::try_parse_from([&["staffroom"], arguments].concat()).unwrap();
    Config::read(line.flags)
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("staffroom-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_server_needs_no_setting() {
    let config = read(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.database.file(), Some(Path::new("data/staffroom.db")));
    assert_eq!(
        config.public_url(config.listen).to_string(),
        "http://127.0.0.1:3000"
    );
    assert_eq!(config.mail, Mail::Folder("data/mail".into()));
    assert_eq!(config.secret_file, Path::new("data/secret"));
    assert!(!config.demo_on_network);
}

#[test]
fn a_flag_outdoes_the_file() {
    let file = folder("file").join("settings.toml");
    let text = "listen = \"127.0.0.1:4000\"\npublic-url = \"https://a.example\"\n\
                trusted-proxies = [\"10.0.0.0/8\"]\nlog = \"json\"\n";
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let config = read(&["--config", file, "--listen", "127.0.0.1:5000"]).unwrap();
    assert_eq!(config.listen.port(), 5000);
    assert_eq!(
        config.public_url(config.listen).to_string(),
        "https://a.example"
    );
    assert_eq!(config.log, Log::Json);
}

#[test]
fn a_wrong_setting_is_named() {
    let file = folder("unknown").join("settings.toml");
    fs::write(
        &file,
        "listen = \"127.0.0.1:4000\"\ndatabse = \"postgres://me:pa55@h/d\"\n",
    )
    .unwrap();
    for (arguments, setting, part) in [
        (["--listen", "3000"], "listen", "“3000”"),
        (
            ["--database", "mysql://me:pa55@host/name"],
            "database",
            "sqlite:FILE",
        ),
        (["--database", "sqlite:"], "database", "sqlite:FILE"),
        (
            ["--public-url", "staffroom.example"],
            "public-url",
            "“staffroom.example”",
        ),
        (
            ["--public-url", "https://a.example/staff"],
            "public-url",
            "such as",
        ),
        (["--mail", "mail.example"], "mail", "smtp://"),
        (["--mail", "http://me:pa55@mail.example"], "mail", "smtp://"),
        (["--mail-from", "nobody"], "mail-from", "“nobody”"),
        (
            ["--trusted-proxies", "10.0.0.0/40"],
            "trusted-proxies",
            "“10.0.0.0/40”",
        ),
        (["--pbx-reload", "/bin/true"], "pbx-reload", "pbx-directory"),
        (
            ["--pbx-tables", "postgres://me:pa55@host/name"],
            "pbx-tables",
            "pbx-directory",
        ),
        (["--config", "missing.toml"], "config", "missing.toml"),
        (
            ["--config", file.to_str().unwrap()],
            "config",
            "line 2: unknown field `databse`",
        ),
    ] {
        let wrong = read(&arguments).unwrap_err();
        assert_eq!(wrong.setting, setting);
        assert!(wrong.to_string().contains(part), "{wrong}");
        assert!(!wrong.to_string().contains("pa55"), "{wrong}");
    }
}

// C-17: where PBXs are told is the operator's to say, and a program is named by its whole path.
#[test]
fn a_place_for_pbxs_is_set_by_the_operator() {
    assert!(read(&[]).unwrap().pbx_place.is_none());
    let both = [
        "--pbx-directory",
        "pbxs",
        "--pbx-reload",
        "/usr/local/bin/reload",
    ];
    let place = read(&both).unwrap().pbx_place.unwrap();
    assert_eq!(place.directory, Path::new("pbxs"));
    assert_eq!(
        place.reload.as_deref(),
        Some(Path::new("/usr/local/bin/reload"))
    );
    let bare = ["--pbx-directory", "pbxs", "--pbx-reload", "reload"];
    assert!(read(&bare).unwrap_err().why.contains("whole path"));
}

// C-17: tables are a file in the folder or schemas of a PostgreSQL, whose password is never shown.
#[test]
fn tables_of_pbxs_are_set_by_the_operator() {
    let set = |tables: &str| read(&["--pbx-directory", "pbxs", "--pbx-tables", tables]);
    let place = set("sqlite").unwrap().pbx_place.unwrap();
    assert!(matches!(place.tables, Some(Tables::Sqlite)));
    let config = set("postgres://me:pa55@host/name").unwrap();
    assert!(!format!("{config:?}").contains("pa55"));
    assert!(matches!(
        config.pbx_place.unwrap().tables,
        Some(Tables::Postgres(_))
    ));
    for wrong in [
        "mysql://me:pa55@host/name",
        "yes",
        "postgres://me:pa55@host:port/name",
    ] {
        let wrong = set(wrong).unwrap_err();
        assert_eq!(wrong.setting, "pbx-tables");
        assert!(wrong.why.contains("sqlite or postgres://"), "{wrong}");
        assert!(!wrong.to_string().contains("pa55"), "{wrong}");
    }
    let file = folder("tables").join("settings.toml");
    fs::write(&file, "pbx-directory = \"pbxs\"\npbx-tables = \"sqlite\"\n").unwrap();
    let place = read(&["--config", file.to_str().unwrap()])
        .unwrap()
        .pbx_place;
    assert!(place.unwrap().tables.is_some());
}

#[test]
fn a_password_goes_to_another_machine_only_through_tls() {
    let server = |text: &str| match Mail::read(text).unwrap() {
        Mail::Server(address) => address,
        Mail::Folder(_) => unreachable!("it is no folder"),
    };
    assert_eq!(server("smtp://127.0.0.1:2525"), "smtp://127.0.0.1:2525");
    assert_eq!(
        server("smtp://a:b@mail.example"),
        "smtp://a:b@mail.example?tls=required"
    );
    assert_eq!(
        server("smtp://mail.example:25"),
        "smtp://mail.example:25?tls=opportunistic"
    );
    assert_eq!(
        server("smtps://a:b@mail.example"),
        "smtps://a:b@mail.example"
    );
    let shown = format!("{:?}", Mail::read("smtps://a:pa55@mail.example").unwrap());
    assert!(!shown.contains("pa55"));
}

#[test]
fn only_the_word_of_trusted_proxies_counts() {
    let listed = ["10.0.0.0/8", "::1"].map(str::to_owned);
    let proxies = Proxies::read(&listed).unwrap();
    let from = |peer: &str, forwarded: &[&str]| {
        let client = proxies.client(peer.parse().unwrap(), forwarded.iter().copied());
        client.to_string()
    };
    assert_eq!(from("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
    assert_eq!(from("10.0.0.9", &["198.51.100.7"]), "198.51.100.7");
    assert_eq!(
        from("10.0.0.9", &["203.0.113.5, 198.51.100.7"]),
        "198.51.100.7"
    );
    assert_eq!(
        from("::1", &["203.0.113.5", "198.51.100.7, 10.1.1.1"]),
        "198.51.100.7"
    );
    assert_eq!(from("::ffff:10.0.0.9", &["garbage"]), "10.0.0.9");
    assert_eq!(from("10.0.0.9", &[]), "10.0.0.9");
    assert_eq!(
        Proxies::default()
            .client("::1".parse().unwrap(), ["10.0.0.1"].into_iter())
            .to_string(),
        "::1"
    );
}

#[test]
fn a_secret_is_made_once_and_kept_from_others() {
    let file = folder("secret").join("deep/secret");
    let _ = fs::remove_file(&file);
    secret(&file).unwrap();
    let first = fs::read(&file).unwrap();
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    secret(&file).unwrap();
    assert_eq!(fs::read(&file).unwrap(), first);
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);

    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let wrong = secret(&file).unwrap_err();
    assert_eq!(wrong.setting, "secret-file");
    assert!(wrong.why.contains("chmod 600"), "{wrong}");

    fs::remove_file(&file).unwrap();
    fs::write(&file, "short").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(secret(&file).unwrap_err().why.contains("32 bytes"));
}
