//! Every forgery in one table, each with the one fault for which it is refused.

use crate::cast::Stage;
use crate::{
    forged_algorithm, forged_assertion, forged_bytes, forged_reference, forged_response,
    forged_signature, wrapped,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use saml::Fault;

/// A forged response.
pub struct Forgery {
    pub name: &'static str,
    pub fault: Fault,
    pub base64: String,
    pub stage: Stage,
}

pub fn forgery(name: &'static str, fault: Fault, xml: impl AsRef<[u8]>) -> Forgery {
    Forgery {
        name,
        fault,
        base64: STANDARD.encode(xml),
        stage: Stage::default(),
    }
}

impl Forgery {
    pub fn on(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }
}

fn forgeries() -> Vec<Forgery> {
    let mut all = forged_bytes::forgeries();
    all.extend(forged_signature::forgeries());
    all.extend(forged_algorithm::forgeries());
    all.extend(forged_reference::forgeries());
    all.extend(wrapped::forgeries());
    all.extend(forged_response::forgeries());
    all.extend(forged_assertion::forgeries());
    all
}

// A-05, case 6: wrapped, stripped, wrongly signed, aimed elsewhere, too late: each refused for its reason.
#[test]
fn every_forgery_is_refused_for_its_own_reason() {
    let mut wrong = Vec::new();
    let all = forgeries();
    for Forgery {
        name,
        fault,
        base64,
        stage,
    } in &all
    {
        let found = stage.verify_base64(base64);
        let found = found.map_or_else(|fault| fault.code(), |_| "ACCEPTED");
        println!("{name}: {found}");
        if found != fault.code() {
            wrong.push(format!("{name}: {found} instead of {}", fault.code()));
        }
    }
    println!("{} forgeries", all.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fault_has_its_forgery_and_a_code_of_its_own() {
    let all = forgeries();
    for fault in Fault::ALL {
        assert!(
            all.iter().any(|f| f.fault == *fault),
            "{fault:?} has no forgery"
        );
        assert_eq!(
            Fault::ALL
                .iter()
                .filter(|f| f.code() == fault.code())
                .count(),
            1
        );
        assert!(fault.to_string().ends_with('.'));
    }
}
