//! The 48 people of the demo: names of many scripts and lengths, every status and every role.

use domain::{Role, Roles};

/// The offices of the demo, by their place in [`OFFICES`].
const GHENT: usize = 0;
const ANTWERP: usize = 1;
const ONLINE: usize = 2;

/// What the offices are called.
pub(super) const OFFICES: [&str; 3] = ["Ghent", "Antwerp", "Online office"];

/// Where somebody stands, and how they got there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    Active,
    /// Suspended once, and back.
    Returned,
    Suspended,
    /// Invited by a mail that is not sent yet.
    Mailed,
    /// Invited by a link that was handed over.
    HandedOver,
    /// Invited so long ago that the link is dead.
    Expired,
    /// Invited, and then not.
    Revoked,
    /// Invited and suspended before the account was activated.
    SuspendedEarly,
}

impl Standing {
    /// Whether the account was activated at any time.
    pub const fn activated(self) -> bool {
        matches!(self, Self::Active | Self::Returned | Self::Suspended)
    }
}

/// Somebody of the demo, before they exist.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub email: &'static str,
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub function: &'static str,
    pub introduction: &'static str,
    pub standing: Standing,
    /// Signs in by single sign-on, past the activation.
    pub elsewhere: bool,
    pub administrator: bool,
    pub not_online: bool,
    /// The roles held in each of [`OFFICES`].
    pub places: [Roles; OFFICES.len()],
    /// Roles chosen before there is an office.
    pub wanted: Roles,
}

const fn person(email: &'static str, first_name: &'static str, last_name: &'static str) -> Person {
    Person {
        email,
        first_name,
        last_name,
        function: "",
        introduction: "",
        standing: Standing::Active,
        elsewhere: false,
        administrator: false,
        not_online: false,
        places: [Roles::NONE; OFFICES.len()],
        wanted: Roles::NONE,
    }
}

impl Person {
    const fn role(mut self, role: Role, office: usize) -> Self {
        self.places[office] = self.places[office].set(role, true);
        self
    }

    const fn agent(self, office: usize) -> Self {
        self.role(Role::Agent, office)
    }

    const fn manages(self, office: usize) -> Self {
        self.role(Role::OfficeManager, office)
    }

    const fn wants(mut self, role: Role) -> Self {
        self.wanted = self.wanted.set(role, true);
        self
    }

    const fn is(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }

    const fn elsewhere(mut self) -> Self {
        self.elsewhere = true;
        self
    }

    const fn administrator(mut self) -> Self {
        self.administrator = true;
        self
    }

    const fn not_online(mut self) -> Self {
        self.not_online = true;
        self
    }

    const fn says(mut self, function: &'static str, introduction: &'static str) -> Self {
        self.function = function;
        self.introduction = introduction;
        self
    }
}

const PLANS: &str = "I help you plan: a first home, a family, the years after work.";
const SAVES: &str = "Ask me about saving and investing, in Dutch, French or English.";
const LONG: &str = "I have worked with families and small firms for twenty years.\n\nBefore we \
    meet, have a look at what you pay each month and what you would like to keep. Bring it on \
    paper or on your phone, as you like: we go through it together, and you take home a plan \
    that fits on one page.";

/// Everybody. The first five are those whom the documentation names.
pub(super) const PEOPLE: [Person; 48] = [
    person("ada", "Ada", "Lindqvist")
        .administrator()
        .says("Head of operations", ""),
    person("max", "Max", "De Smet")
        .manages(GHENT)
        .says("Office manager", "I run the office in Ghent."),
    person("sam", "Sam", "Okonkwo")
        .agent(GHENT)
        .agent(ANTWERP)
        .says("Mortgage adviser", PLANS),
    person("noor", "Noor", "Janssens")
        .manages(ANTWERP)
        .agent(GHENT)
        .says("Office manager", SAVES),
    person("lee", "Lee", "Marchetti").says("Contact centre", ""),
    person("amelie.fontaine", "Amélie", "Fontaine")
        .manages(GHENT)
        .agent(GHENT)
        .agent(ANTWERP)
        .says("Senior adviser", LONG),
    person("balint.szabo", "Bálint", "Szabó")
        .agent(GHENT)
        .is(Standing::Mailed),
    person("c.oyelaran", "", "")
        .wants(Role::Agent)
        .is(Standing::HandedOver),
    person("dmytro.kovalenko", "Dmytro", "Kovalenko")
        .agent(ONLINE)
        .says("Adviser", SAVES),
    person("meiling.chen", "", "陳美玲")
        .manages(ANTWERP)
        .agent(ANTWERP)
        .elsewhere()
        .says("Deputy office manager", ""),
    person("fatima.elamrani", "Fatima", "El Amrani")
        .agent(GHENT)
        .agent(ANTWERP)
        .agent(ONLINE)
        .is(Standing::Suspended),
    person(
        "gwendolyn.vandersteen",
        "Gwendolyn",
        "Vandersteen-Achterberg",
    )
    .agent(ANTWERP)
    .says("Adviser for the self-employed", PLANS),
    person("lukasz.wisniewski", "Łukasz", "Wiśniewski")
        .agent(GHENT)
        .says("Adviser", ""),
    person("oystein.bjornstad", "Øystein", "Bjørnstad")
        .agent(ONLINE)
        .elsewhere()
        .says("Video adviser", SAVES),
    person("olena.shevchenko", "Олена", "Шевченко")
        .agent(ONLINE)
        .says("Video adviser", ""),
    person("giorgos.papadopoulos", "Γιώργος", "Παπαδόπουλος")
        .agent(ANTWERP)
        .says("Adviser", ""),
    person("noam.cohen", "נועם", "כהן").agent(ONLINE),
    person("layla.alhaddad", "ليلى", "الحداد")
        .agent(ANTWERP)
        .elsewhere()
        .says("Adviser", ""),
    person("omar.farouk", "عمر", "فاروق")
        .agent(GHENT)
        .not_online(),
    person("wei.zhang", "", "张伟").agent(ONLINE).elsewhere(),
    person("haruto.sato", "陽翔", "佐藤")
        .agent(GHENT)
        .says("Adviser for firms", ""),
    person("minjun.kim", "", "김민준")
        .agent(ANTWERP)
        .elsewhere(),
    person("priya.sharma", "प्रिया", "शर्मा")
        .agent(ANTWERP)
        .agent(ONLINE)
        .says("Adviser", PLANS),
    person("somchai.wattana", "สมชาย", "วัฒนา").agent(ONLINE),
    person("nino.beridze", "ნინო", "ბერიძე").agent(GHENT),
    person("ani.petrosyan", "Անի", "Պետրոսյան")
        .wants(Role::Agent)
        .is(Standing::Mailed),
    person("o", "O", "").agent(GHENT).elsewhere(),
    person(
        "maria.hohenlohe",
        "Maria-Magdalena Konstantina Wilhelmina",
        "von Hohenlohe-Waldenburg-Schillingsfürst und zu Sayn-Wittgenstein-Berleburg",
    )
    .agent(GHENT)
    .agent(ANTWERP)
    .says(
        "Adviser for estates, foundations and families who own land in several countries",
        LONG,
    ),
    person(
        "hubert.blaine.wolfeschlegelsteinhausenbergerdorff",
        "Hubert",
        "Wolfeschlegelsteinhausenbergerdorff",
    )
    .agent(ONLINE),
    person("jose.nanez", "José María", "Ñáñez de la Peña y Borbón")
        .agent(ANTWERP)
        .says("Adviser", ""),
    person("sian.llewellyn", "Siân", "Llewellyn-Pugh")
        .manages(ONLINE)
        .agent(ONLINE)
        .says("Office manager", "The Online office is open when you are."),
    person("cagla.yildirim", "Çağla", "Yıldırım")
        .agent(ANTWERP)
        .elsewhere(),
    person("nhung.nguyen", "Thị Hồng Nhung", "Nguyễn")
        .agent(GHENT)
        .is(Standing::SuspendedEarly),
    person("segolene.dhaeseleer", "Ségolène", "D’Haeseleer")
        .agent(GHENT)
        .not_online(),
    person("jan.peeters", "Jan", "Peeters").agent(ANTWERP),
    person("xu.li", "Xu", "Li").wants(Role::OfficeManager),
    person("thordis.gudmundsdottir", "Þórdís", "Guðmundsdóttir")
        .agent(ONLINE)
        .says("Video adviser", SAVES),
    person("ana.covic", "Ana", "Čović-Žerjav")
        .agent(GHENT)
        .agent(ONLINE),
    person("kwame.mensah", "Kwame", "Nkrumah-Mensah").wants(Role::Agent),
    person("siobhan.osuilleabhain", "Siobhán", "Ó Súilleabháin")
        .agent(ANTWERP)
        .manages(ANTWERP),
    person("ingrid.weiss", "Ingrid", "Weiß")
        .administrator()
        .is(Standing::Mailed),
    person("mehdi.benali", "Mehdi", "Benali")
        .agent(GHENT)
        .elsewhere()
        .is(Standing::Suspended),
    person("beatriz.goncalves", "Beatriz", "Gonçalves")
        .agent(ANTWERP)
        .is(Standing::Mailed),
    person("tom.verhulst", "Tom", "Verhulst")
        .agent(GHENT)
        .is(Standing::Returned),
    person("j.delacroix", "", "").is(Standing::Expired),
    person("welcome.desk.ghent", "", "")
        .wants(Role::Agent)
        .wants(Role::OfficeManager)
        .is(Standing::Expired),
    person("kofi.asante@mailbox.invalid", "Kofi", "Asante")
        .wants(Role::Agent)
        .is(Standing::Mailed),
    person("pieter-jan.vandenbroeck", "Pieter-Jan", "Van den Broeck")
        .agent(ONLINE)
        .is(Standing::Revoked),
];

impl Person {
    /// The address to sign in with.
    pub fn address(&self) -> String {
        if self.email.contains('@') {
            self.email.to_owned()
        } else {
            format!("{}@demo.example", self.email)
        }
    }

    /// Every role, held or wanted, as the New employee form has them.
    pub fn roles(&self) -> Roles {
        let held = self
            .places
            .iter()
            .fold(self.wanted, |all, held| all.and(*held));
        held.set(Role::Administrator, self.administrator)
    }
}
