//! The document around every page, and which page stands at which address.

use crate::account::AccountPage;
use crate::account::second_factor::SecondFactorPage;
use crate::activate::ActivatePage;
use crate::agent_groups::{AgentGroupPage, AgentGroupsPage, NewAgentGroupPage};
use crate::appointments::{AppointmentPage, AppointmentsPage, NewAppointmentPage};
use crate::attention::AttentionPage;
use crate::audit::AuditTrailPage;
use crate::call_groups::{
    NewPickupGroupPage, NewRingGroupPage, PickupGroupPage, PickupGroupsPage, RingGroupPage,
    RingGroupsPage,
};
use crate::confirm_email::ConfirmEmailPage;
use crate::contact_centre::channels::{ChannelPage, ChannelsPage, NewChannelPage};
use crate::contact_centre::licenses::LicensesPage;
use crate::contact_centre::monitor::{MonitorPage, WatchedPage};
use crate::contact_centre::numbers::NumbersPage;
use crate::contact_centre::offers::OffersPage;
use crate::contact_centre::pbxs::{NewPbxPage, PbxPage, PbxsPage, ProvisioningPage};
use crate::contact_centre::scripts::{NewScriptPage, ScriptPage, ScriptsPage};
use crate::contact_centre::steps::StepsPage;
use crate::contact_centre::tenants::{NewTenantPage, TenantPage, TenantsPage};
use crate::contact_centre::users::{ContactUserPage, ContactUsersPage, NewContactUserPage};
use crate::customers::CustomersPage;
use crate::employees::{
    ActivityPage, CalendarsPage, DeletePage, EmployeesPage, HoursPage, LeavingPage,
    NewEmployeePage, ProfilePage, TeamPage,
};
use crate::expertise::{ExpertisePage, ExpertiseTabPage};
use crate::forgotten::{ForgottenPage, ResetPage};
use crate::home::HomePage;
use crate::me::SignedIn;
use crate::offered::OfferedPage;
use crate::offices::{
    DeleteOfficePage, NewOfficePage, OfficePage, OfficeSubjectPage, OfficeSubjectsPage,
    OfficeTimesPage, OfficesPage,
};
use crate::outcome::NotFound;
use crate::queues::{NewQueuePage, QueueMatrixPage, QueuePage, QueuesPage};
use crate::settings::SettingsPage;
use crate::settings::booking::BookingSettingsPage;
use crate::settings::sign_in::{NewProviderPage, ProviderPage, SignInSettingsPage};
use crate::sign_in::SignInPage;
use crate::sign_in::second::SecondPage;
use crate::subjects::{
    CategoryPage, DeleteSubjectPage, NewCategoryPage, NewSubjectPage, SubjectPage, SubjectsPage,
};
use crate::ui::provide_toasts;
use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

/// The document around every page.
#[cfg(feature = "ssr")]
pub fn shell() -> impl IntoView {
    use crate::messages;
    use crate::site::{SiteScripts, Style};
    let language = messages::current();
    view! {
        <!DOCTYPE html>
        <html lang=language.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <Style />
                <leptos_meta::MetaTags />
            </head>
            <body>
                <App />
                <SiteScripts messages=messages::href(language) />
            </body>
        </html>
    }
}

/// Every page of Staffroom.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    provide_toasts();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view={Lazy::<SignInPage>::new()} ssr=SsrMode::Async />
                <Route path=path!("/sign-in/second") view={Lazy::<SecondPage>::new()} ssr=SsrMode::Async />
                <Route path=path!("/forgotten") view={Lazy::<ForgottenPage>::new()} ssr=SsrMode::Async />
                <Route path=path!("/reset/:token") view={Lazy::<ResetPage>::new()} ssr=SsrMode::Async />
                <Route path=path!("/activate/:token") view={Lazy::<ActivatePage>::new()} ssr=SsrMode::Async />
                <Route path=path!("/confirm-email/:token") view={Lazy::<ConfirmEmailPage>::new()} ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=SignedIn ssr=SsrMode::Async>
                    <Route path=path!("") view={Lazy::<HomePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees") view={Lazy::<EmployeesPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/new") view={Lazy::<NewEmployeePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id") view={Lazy::<ProfilePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id/activity") view={Lazy::<ActivityPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id/hours") view={Lazy::<HoursPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id/expertise") view={Lazy::<ExpertiseTabPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id/calendars") view={Lazy::<CalendarsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id/delete") view={Lazy::<DeletePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id/leaving") view={Lazy::<LeavingPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id/contact-centre") view={Lazy::<ContactUserPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/employees/:id/contact-centre/:part") view={Lazy::<ContactUserPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/users") view={Lazy::<ContactUsersPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/users/new") view={Lazy::<NewContactUserPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/team/:office") view={Lazy::<TeamPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/offices") view={Lazy::<OfficesPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/offices/new") view={Lazy::<NewOfficePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/offices/:id") view={Lazy::<OfficePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/appointments") view={Lazy::<AppointmentsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/appointments/new") view={Lazy::<NewAppointmentPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/appointments/offered") view={Lazy::<OfferedPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/appointments/:id") view={Lazy::<AppointmentPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/offices/:id/hours") view={Lazy::<OfficeTimesPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/offices/:id/subjects") view={Lazy::<OfficeSubjectsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/offices/:id/subjects/:subject") view={Lazy::<OfficeSubjectPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/offices/:id/expertise") view={Lazy::<ExpertisePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/offices/:id/delete") view={Lazy::<DeleteOfficePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/subjects") view={Lazy::<SubjectsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/subjects/new") view={Lazy::<NewSubjectPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/subjects/categories/new") view={Lazy::<NewCategoryPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/subjects/categories/:id") view={Lazy::<CategoryPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/subjects/:id") view={Lazy::<SubjectPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/subjects/:id/delete") view={Lazy::<DeleteSubjectPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/agent-groups") view={Lazy::<AgentGroupsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/agent-groups/new") view={Lazy::<NewAgentGroupPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/agent-groups/:id") view={Lazy::<AgentGroupPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/queues") view={Lazy::<QueuesPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/queues/new") view={Lazy::<NewQueuePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/queues/matrix") view={Lazy::<QueueMatrixPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/queues/:id") view={Lazy::<QueuePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/ring-groups") view={Lazy::<RingGroupsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/ring-groups/new") view={Lazy::<NewRingGroupPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/ring-groups/:id") view={Lazy::<RingGroupPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/pickup-groups") view={Lazy::<PickupGroupsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/pickup-groups/new") view={Lazy::<NewPickupGroupPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/pickup-groups/:id") view={Lazy::<PickupGroupPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings") view={Lazy::<SettingsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/booking") view={Lazy::<BookingSettingsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/sign-in") view={Lazy::<SignInSettingsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/sign-in/new/:protocol") view={Lazy::<NewProviderPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/sign-in/:id") view={Lazy::<ProviderPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/attention") view={Lazy::<AttentionPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/audit") view={Lazy::<AuditTrailPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/customers") view={Lazy::<CustomersPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre") view={Lazy::<StepsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/pbxs") view={Lazy::<PbxsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/pbxs/new") view={Lazy::<NewPbxPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/pbxs/:id") view={Lazy::<PbxPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/pbxs/:id/provisioning") view={Lazy::<ProvisioningPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/tenants") view={Lazy::<TenantsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/tenants/new") view={Lazy::<NewTenantPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/tenants/:id") view={Lazy::<TenantPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/numbers") view={Lazy::<NumbersPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/scripts") view={Lazy::<ScriptsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/scripts/new") view={Lazy::<NewScriptPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/scripts/:id") view={Lazy::<ScriptPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/channels") view={Lazy::<ChannelsPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/channels/new") view={Lazy::<NewChannelPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/channels/:id") view={Lazy::<ChannelPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/monitor") view={Lazy::<MonitorPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/monitor/:id") view={Lazy::<WatchedPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/offers") view={Lazy::<OffersPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/contact-centre/licenses") view={Lazy::<LicensesPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account") view={Lazy::<AccountPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/second-factor") view={Lazy::<SecondFactorPage>::new()} ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
